import type { QueueMatchers } from "../../local/server/queue-matchers";

declare global {
  namespace jest {
    interface Matchers<R> extends QueueMatchers<Promise<R>> {}
  }
}
