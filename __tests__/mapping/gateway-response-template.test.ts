import { gatewayResponseTemplate } from "../../mapping/gateway-response-template";

/** Gateway responses substitute variables and nothing else. */
function substitute(template: string, variables: Record<string, string>): unknown {
  return JSON.parse(template.replace(/\$context\.[\w.]+/g, (name) => variables[name] ?? ""));
}

const VARIABLES = {
  "$context.error.responseType": "ACCESS_DENIED",
  "$context.error.messageString": '"User is \\"denied\\""',
  "$context.requestId": "request-1",
};

test.each([
  [undefined, 'User is "denied"'],
  ["Access is denied.", "Access is denied."],
  ['"quoted"\n', '"quoted"\n'],
])("with the text %j", (message, told) => {
  const template = gatewayResponseTemplate(message);
  expect(template).not.toMatch(/#|\$(?!context\.)/);
  expect(substitute(template, VARIABLES)).toEqual({
    code: "ACCESS_DENIED",
    message: told,
    requestId: "request-1",
  });
});
