export { Consumer, type ConsumerOptions, type ConsumerProps } from "../constructs/consumer/consumer";
