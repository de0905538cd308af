/** A path that cannot be read, or cannot be followed in this document. Within a filter it means that the item does not pass. */
export class JsonPathError extends Error {
  public override readonly name: string = "JsonPathError";
}

/** There is nothing at the path. */
export class PathNotFoundError extends JsonPathError {
  public override readonly name = "PathNotFoundError";
}
