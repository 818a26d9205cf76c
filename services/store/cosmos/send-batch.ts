import type { Container, OperationInput, OperationResponse, Response } from "@azure/cosmos";

/**
 * Sends a batch as the client does, but throws what it met: the client wraps that in an error of its own that has no status,
 * by which nobody could tell what to repeat, what to look up, and what to say.
 */
export async function sendBatch(
  container: Container,
  operations: OperationInput[],
  partition: string,
): Promise<Response<OperationResponse[]>> {
  try {
    return await container.items.batch(operations, partition);
  } catch (thrown) {
    throw thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  }
}
