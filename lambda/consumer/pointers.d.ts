/** Where a large body is. What S3's notification alone tells is absent in a pointer of an extended client library. */
export interface LargeBodyPointer {
  readonly bucket: string;
  /** Key of the object, decoded. */
  readonly key: string;
  /** Bytes. */
  readonly size?: number;
  readonly eTag?: string;
  readonly versionId?: string;
}

/**
 * Where the large bodies are to which a message points; undefined of an ordinary message, whose body is what was sent. Empty for the
 * message that S3 puts into the queue as a test: delete it.
 * @param messageBody the message's body
 * @param bucketName the stack's output `large_bodies_bucket`; a message that names another bucket is an ordinary one
 */
export function pointersIn(messageBody: string, bucketName: string): readonly LargeBodyPointer[] | undefined;
