export {
  AuthorizerFunction,
  type AuthorizerFunctionProps,
} from "../constructs/authorizer/authorizer-function";
