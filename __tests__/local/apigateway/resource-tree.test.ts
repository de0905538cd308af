import { ResourceTree } from "../../../local/apigateway/resource-tree";

const tree = new ResourceTree([
  { path: "/{proxy+}", methods: { ANY: "greedy", OPTIONS: "greedy options" } },
  { path: "/", methods: { GET: "root" } },
  { path: "/orders", methods: { POST: "orders" } },
  { path: "/orders/{id}", methods: { GET: "order", ANY: "any order" } },
  { path: "/orders/latest", methods: { GET: "latest" } },
  { path: "/orders/{id}/items/{item+}", methods: { GET: "items" } },
]);

describe("ResourceTree", () => {
  it.each([
    ["GET", "/", "root", {}],
    ["POST", "/orders", "orders", {}],
    ["POST", "/orders/", "orders", {}],
    ["POST", "//orders", "orders", {}],
    ["POST", "/%6Frders", "orders", {}],
    ["GET", "/orders", "greedy", { proxy: "orders" }],
    ["OPTIONS", "/orders", "greedy options", { proxy: "orders" }],
    ["GET", "/orders/latest", "latest", {}],
    ["PUT", "/orders/latest", "any order", { id: "latest" }],
    ["GET", "/orders/7", "order", { id: "7" }],
    ["GET", "/orders/a%2Fb", "order", { id: "a%2Fb" }],
    ["GET", "/orders/7/items/a/b", "items", { id: "7", item: "a/b" }],
    ["GET", "/orders/7/other", "greedy", { proxy: "orders/7/other" }],
    ["GET", "/a//b/", "greedy", { proxy: "a//b" }],
    ["GET", "/orders//items", "greedy", { proxy: "orders//items" }],
  ])("%s %s leads to %s", (verb, path, target, pathParameters) => {
    const match = tree.find(verb, path);
    expect(match?.target).toBe(target);
    expect({ ...match?.pathParameters }).toEqual(pathParameters);
  });

  it("finds nothing for the root's other verbs, nor for names of Object's own", () => {
    expect(tree.find("POST", "/")).toBeUndefined();
    expect(new ResourceTree([{ path: "/a", methods: {} }]).find("constructor", "/a")).toBeUndefined();
  });
});
