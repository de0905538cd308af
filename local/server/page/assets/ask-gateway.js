/** Asks the gateway to act on a queue; rejects with what the gateway says. */
export async function changeQueue(queue, action, body = "") {
  return read(
    await fetch(`/_page/queues/${queue}/${action}`, {
      method: "POST",
      headers: { "X-Queue-Leveling-Page": "1" },
      body,
    }),
  );
}

/** The newest messages in a queue, none of them received. */
export async function peekQueue(queue, limit) {
  return read(await fetch(`/_page/queues/${queue}/messages?limit=${limit}`));
}

async function read(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}
