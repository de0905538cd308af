import { setTimeout } from "node:timers/promises";
import {
  CancelMessageMoveTaskCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { mistakeText } from "../errors/mistake";
import type { Queue } from "./queue";

/** What SQS is to move by itself. */
export interface MoveTask {
  readonly from: Queue;
  readonly fromArn: string;
  /** Otherwise each message goes to the queue that it came from. */
  readonly toArn?: string | undefined;
  readonly rate?: number | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (moved: number) => void;
  /** A task that runs already, from an earlier run, is followed: SQS has one at a time. */
  readonly onFollowing: (task: ListMessageMoveTasksResultEntry) => void;
}

/** How a task ended: completed, or cancelled. */
export interface MovedByTask {
  readonly moved: number;
  readonly isCancelled: boolean;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export const HIGHEST_TASK_RATE = 500;

const POLL_MS = 1000;

/** How emulators say that they have no such action. */
const NO_SUCH_ACTION =
  /^(InvalidAction|UnknownOperation|UnknownOperationException|UnsupportedOperation)$|not (been )?implemented/;

/**
 * Whether SQS can do the job by its message move tasks: an emulator may have none, and a task that sends each message back to its
 * own source takes those of other source queues along.
 */
export async function hasMoveTasks(from: Queue, fromArn: string, isForOneSource: boolean): Promise<boolean> {
  try {
    if (isForOneSource) {
      const { queueUrls = [] } = await from.sqs.send(
        new ListDeadLetterSourceQueuesCommand({ QueueUrl: from.url }),
      );
      if (queueUrls.length !== 1) return false;
    }
    await from.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: fromArn }));
    return true;
  } catch (error) {
    if (isUnknownAction(error)) return false;
    return from.asked(Promise.reject(error as Error));
  }
}

/**
 * Has SQS move the messages, and follows it to its end. The task runs in SQS: who ends this process otherwise than by Ctrl-C,
 * which cancels it, leaves it running, and the next run follows it.
 */
export async function moveByTask(task: MoveTask): Promise<MovedByTask> {
  const running = await newest(task);
  const isRunning = running?.Status === "RUNNING";
  if (isRunning) task.onFollowing(running);
  const handle = isRunning ? running.TaskHandle : await started(task);
  let isCancelled = false;
  for (;;) {
    const state = await newest(task);
    const moved = state?.ApproximateNumberOfMessagesMoved ?? 0;
    task.onProgress(moved);
    if (state?.Status === "FAILED") throw failed(task.from.name, state.FailureReason);
    if (state?.Status === "COMPLETED" || state?.Status === "CANCELLED") {
      return { moved, isCancelled: state.Status === "CANCELLED" };
    }
    if (task.signal.aborted && !isCancelled) {
      isCancelled = true;
      await task.from.asked(task.from.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle })));
    }
    await setTimeout(POLL_MS, undefined, isCancelled ? {} : { signal: task.signal }).catch(() => undefined);
  }
}

async function started({ from, fromArn, toArn, rate }: MoveTask): Promise<string | undefined> {
  const { TaskHandle } = await from.asked(
    from.sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: fromArn,
        DestinationArn: toArn,
        MaxNumberOfMessagesPerSecond: rate,
      }),
    ),
  );
  return TaskHandle;
}

/** SQS lists the newest first, and names a task by its handle only while it runs. */
async function newest({ from, fromArn }: MoveTask): Promise<ListMessageMoveTasksResultEntry | undefined> {
  const { Results: [result] = [] } = await from.asked(
    from.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: fromArn, MaxResults: 1 })),
  );
  return result;
}

function failed(queue: string, reason = "no reason"): Error {
  return new Error(
    mistakeText({
      where: queue,
      wrong: "SQS gave up moving its messages",
      got: reason,
      allowed: "messages that SQS itself moved to this dead-letter queue, and rights to send to their source",
      mend: "Mend that, or name the queue to which they go by --to; what was moved is moved.",
    }),
  );
}

function isUnknownAction(error: unknown): boolean {
  return error instanceof Error && [error.name, error.message].some((text) => NO_SUCH_ACTION.test(text));
}
