interface TokenEvent {
  readonly authorizationToken: string;
  readonly methodArn: string;
}

export async function handler({ authorizationToken, methodArn }: TokenEvent) {
  const Effect = authorizationToken === "typed" ? "Allow" : "Deny";
  const Statement = [{ Action: "execute-api:Invoke", Effect, Resource: methodArn }];
  return { principalId: "user", policyDocument: { Version: "2012-10-17", Statement } };
}
