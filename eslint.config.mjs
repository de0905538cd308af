import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Each zone: files in `target` must not import from `from`. Together they are the dependency directions. */
const zones = [
  { target: "./mapping", from: ".", except: ["./mapping"], message: "mapping/ imports nothing." },
  {
    target: "./aws",
    from: ".",
    except: ["./aws", "./node_modules"],
    message: "aws/ is what both halves share: it imports neither.",
  },
  { target: "./constructs", from: ["./main.ts", "./stacks", "./local", "./lambda"] },
  { target: "./stacks", from: ["./main.ts", "./mapping", "./local", "./lambda"] },
  { target: "./main.ts", from: ["./constructs", "./mapping", "./local", "./lambda"] },
  { target: "./local", from: ["./main.ts", "./stacks", "./constructs", "./mapping", "./oracle"] },
  { target: "./oracle", from: ".", except: ["./oracle", "./aws/velocity", "./local/vtl", "./node_modules"] },
  { target: "./local/terraform", from: "./local", except: ["./terraform", "./printable.ts"] },
  { target: "./local/vtl", from: "./local", except: ["./vtl"] },
  { target: "./local/aws", from: "./local", except: ["./aws"] },
  { target: "./local/steps", from: ["./local/gateway.ts", "./local/server.ts", "./local/cli.ts"] },
  { target: "./local/page", from: ["./local/start-gateway.ts", "./local/server.ts", "./local/cli.ts"] },
  { target: "./local/gateway.ts", from: ["./local/server.ts", "./local/cli.ts"] },
  { target: "./local/server.ts", from: "./local/cli.ts" },
];

export default tseslint.config(
  { ignores: ["cdktf.*/", "coverage/", "node_modules/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@cdktf/provider-aws",
              message: "The index costs 4 s and 560 MB: import @cdktf/provider-aws/lib/<resource>.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.{js,mjs}"],
    extends: [js.configs.recommended],
    languageOptions: { globals: globals.node },
  },
  { files: ["setup.js"], languageOptions: { globals: globals.jest } },
  { files: ["**/*.js"], ignores: ["local/page/assets/**"], languageOptions: { sourceType: "commonjs" } },
  { files: ["local/page/assets/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["mapping/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^[^.]", message: "mapping/ imports nothing." }] },
      ],
    },
  },
  {
    // A construct is made for its side effect on the tree.
    files: ["main.ts", "stacks/**/*.ts", "constructs/**/*.ts", "__tests__/**/*.ts"],
    rules: { "no-new": "off", "@typescript-eslint/no-extraneous-class": "off" },
  },
);
