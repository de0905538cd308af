export { AwsLocation, type AwsLocationProps } from "../constructs/aws-location";
