export { type LargeBodyPointer, pointersIn } from "../lambda/consumer/pointers";
