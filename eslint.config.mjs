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
    except: ["./aws", "./errors", "./node_modules"],
    message: "aws/ is what both halves share: it imports neither.",
  },
  {
    target: "./errors",
    from: ".",
    except: ["./errors", "./node_modules"],
    message: "errors/ imports nothing of the project.",
  },
  { target: "./constructs", from: ["./main.ts", "./stacks", "./settings", "./local", "./lambda"] },
  {
    target: "./webhooks",
    from: ".",
    except: ["./webhooks", "./errors", "./node_modules"],
    message: "webhooks/ is what senders send: stacks, gateway and consumers read it.",
  },
  { target: "./settings", from: ["./main.ts", "./stacks", "./local", "./lambda"] },
  { target: "./stacks", from: ["./main.ts", "./settings", "./mapping", "./local", "./lambda"] },
  {
    target: "./bootstrap",
    from: ["./main.ts", "./stacks", "./settings", "./mapping", "./local", "./lambda"],
  },
  { target: "./main.ts", from: ["./constructs", "./mapping", "./local", "./lambda"] },
  {
    target: "./policy",
    from: ["./main.ts", "./stacks", "./settings", "./constructs", "./mapping", "./lambda", "./reference"],
  },
  {
    target: "./{queue,smoke,orphans}",
    from: ["./main.ts", "./stacks", "./settings", "./constructs", "./mapping", "./lambda", "./policy"],
    message: "The tools know a deployed stack by its outputs.",
  },
  {
    target: "./prices",
    from: ".",
    except: ["./prices"],
    message: "prices/ is plain data.",
  },
  {
    target: "./sizing",
    from: ".",
    except: ["./sizing", "./prices", "./errors", "./local/server/callers-folder.ts", "./node_modules"],
    message: "sizing/ calculates: it knows neither stacks nor the gateway.",
  },
  { target: "./queue", from: ["./smoke", "./orphans"] },
  {
    target: "./local",
    from: [
      "./main.ts",
      "./stacks",
      "./settings",
      "./constructs",
      "./mapping",
      "./policy",
      "./queue",
      "./smoke",
      "./orphans",
      "./sizing",
    ],
  },
  ...["velocity", "terraform", "sqs", "s3", "iam", "cognito", "lambda"].map((service) => ({
    target: `./local/${service}`,
    from: "./local",
    except: [`./${service}`],
    message: "The services behind the gateway know neither it nor each other.",
  })),
  {
    target: "./local/terraform/expression",
    from: "./local/terraform",
    except: ["./expression", "./stack-error.ts"],
    message: "An expression knows values, not where they come from.",
  },
  ...Object.entries({
    hcl: ["import", "model"],
    configuration: ["hcl", "import", "model"],
    import: ["hcl", "configuration", "model"],
    model: ["hcl", "configuration", "import"],
  }).map(([part, others]) => ({
    target: `./local/terraform/${part}`,
    from: ["load-stack.ts", "read-stack.ts", ...others].map((other) => `./local/terraform/${other}`),
    message: "A stack is loaded, then its resources are worked out, then the model is made of them.",
  })),
  { target: "./local/apigateway", from: ["./local/server", "./local/openapi"] },
  {
    target: "./local/openapi",
    from: "./local",
    except: ["./openapi", "./apigateway", "./terraform"],
    message: "The documents tell what the model and the gateway's own facts say.",
  },
  {
    target:
      "./{main.ts,aws,bootstrap,mapping,constructs,settings,stacks,local,lambda,bin,queue,smoke,orphans,sizing,prices}",
    from: ["./__tests__", "./bench", "./examples"],
  },
];

/** Constants of a module: what is written down there, and collections. */
const WRITTEN_DOWN = "/^(Literal|TemplateLiteral|ArrayExpression|ObjectExpression|UnaryExpression)$/";
const CONSTANT = [
  `[init.type=${WRITTEN_DOWN}]`,
  `[init.expression.type=${WRITTEN_DOWN}]`,
  "[init.callee.name=/^(Map|Set|WeakMap|RegExp)$/]",
].join(", ");

const constantNames = {
  selector: `:matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind=const] > VariableDeclarator[id.name=/[a-z]/]:matches(${CONSTANT})`,
  message: "A module's constant is in UPPER_CASE.",
};

const namedTypes = {
  selector:
    ":function > :matches(Identifier, ObjectPattern, AssignmentPattern, TSTypeAnnotation, TSParameterProperty) TSTypeLiteral",
  message: "Give the object type a name.",
};

/** One way to write what TypeScript lets one write in several. */
const dialect = {
  curly: ["error", "multi-line"],
  "@typescript-eslint/parameter-properties": ["error", { prefer: "parameter-property" }],
  "@typescript-eslint/explicit-member-accessibility": ["error", { overrides: { constructors: "no-public" } }],
  "no-restricted-syntax": ["error", constantNames, namedTypes],
};

export default tseslint.config(
  { ignores: ["cdktf.*/", "coverage/", "dist/", "node_modules/", "__tests__/package/*/"] },
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
      ...dialect,
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      // What a construct does not take by name is checked by its type, which is empty where all is taken.
      "@typescript-eslint/no-generated-empty-object-type": "off",
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
  {
    files: ["**/*.js"],
    ignores: ["local/server/page/assets/**"],
    languageOptions: { sourceType: "commonjs" },
  },
  { files: ["local/server/page/assets/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["mapping/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^[^.]", message: "mapping/ imports nothing." }] },
      ],
    },
  },
  // A test's shapes are read where they stand, and once.
  { files: ["__tests__/**/*.ts"], rules: { "no-restricted-syntax": ["error", constantNames] } },
  {
    // A construct is made for its side effect on the tree.
    files: ["main.ts", "stacks/**/*.ts", "constructs/**/*.ts", "__tests__/**/*.ts"],
    rules: { "no-new": "off", "@typescript-eslint/no-extraneous-class": "off" },
  },
);
