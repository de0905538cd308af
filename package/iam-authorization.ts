export { IamAuthorization } from "../constructs/authorizer/iam-authorization";
