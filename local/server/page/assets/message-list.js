import { button, element, expandableRow, pairsTable, tableHead, textBlock } from "./element.js";

const pageLength = 50;

/** The messages of one queue, shown on demand, the newest first. */
export class MessageList {
  constructor({ name, total, canPeek, hasRedrive }) {
    this.name = name;
    this.total = total;
    this.canPeek = canPeek;
    this.limit = pageLength;
    const showMore = () => {
      this.limit += pageLength;
      void this.refresh();
    };
    this.more = button("", `Show more messages in ${name}`, showMore, { hidden: true });
    this.shown = "";
    this.openIds = new Set();
    this.body = element("tbody");
    this.note = element("p", { class: "faint" });
    this.table = element(
      "table",
      { class: "list" },
      element("caption", { class: "hidden" }, `Messages in ${name}`),
      tableHead(["State", "Message", "Received"]),
      this.body,
    );
    this.node = element(
      "div",
      { class: "column messages", hidden: true },
      this.warning(hasRedrive),
      this.note,
      element(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": `Messages in ${name}` },
        this.table,
      ),
      this.more,
    );
  }

  get isOpen() {
    return !this.node.hidden;
  }

  async toggle() {
    this.node.hidden = this.isOpen;
    if (this.isOpen) await this.refresh();
  }

  /** Only looks; where the endpoint can't be looked into, nothing happens by itself. */
  async refresh() {
    if (!this.isOpen) return;
    if (this.canPeek) await this.load(() => peekQueue(this.name, this.limit));
    else {
      this.table.hidden = this.shown === "";
      this.note.textContent = this.shown === "" ? "Nothing was received." : this.note.textContent;
    }
  }

  async load(ask) {
    try {
      this.show((await ask()).messages);
    } catch (error) {
      this.note.textContent = error.message;
    }
  }

  show(messages) {
    const text = JSON.stringify(messages);
    this.table.hidden = messages.length === 0;
    const left = this.canPeek ? Math.max(0, this.total() - messages.length) : 0;
    this.note.textContent =
      messages.length === 0 ? "No messages." : left === 0 ? "" : `The newest ${messages.length}.`;
    this.more.hidden = left === 0 || messages.length < this.limit;
    this.more.textContent = `Show more (${left.toLocaleString()} older)`;
    if (text === this.shown) return;
    this.shown = text;
    const focused = document.activeElement?.closest("[data-message]")?.dataset.message;
    this.body.replaceChildren(...messages.flatMap((message) => this.rows(message)));
    if (focused !== undefined)
      this.body.querySelector(`[data-message="${CSS.escape(focused)}"] button`)?.focus();
  }

  rows(message) {
    const { id, state, body, systemAttributes } = message;
    const [above, below] = expandableRow({
      label: body.slice(0, 200) || "(empty)",
      name: `${body.slice(0, 200) || "(empty)"}, message ${id} in ${this.name}`,
      cells: [
        element("td", {}, element("span", { class: "state", "data-state": state }, state)),
        undefined,
        element("td", { class: "number" }, `${systemAttributes.ApproximateReceiveCount ?? "?"}×`),
      ],
      open: this.openIds.has(id),
      onToggle: (open) => (open ? this.openIds.add(id) : this.openIds.delete(id)),
      details: () => messageDetails(message),
    });
    above.dataset.message = id;
    return [above, below];
  }

  warning(hasRedrive) {
    if (this.canPeek) return undefined;
    const redrive = hasRedrive
      ? " This queue has a redrive policy: a message that was received too often goes to the dead-letter queue."
      : "";
    const receive = () => void this.load(() => changeQueue(this.name, "receive"));
    return element(
      "div",
      { class: "note warning" },
      element(
        "p",
        {},
        `This SQS endpoint can't show messages without receiving them. They stay in the queue, but each look counts as a receive and can disturb a consumer.${redrive}`,
      ),
      button("Receive up to 10", `Receive up to 10 from ${this.name}`, receive),
    );
  }
}

function messageDetails({ id, body, bodyLength, attributes, systemAttributes }) {
  const cut = bodyLength > body.length ? ` (first ${body.length} of ${bodyLength} characters)` : "";
  return element(
    "div",
    { class: "column message" },
    element("p", { class: "faint" }, `Message id ${id}`),
    textBlock(`Body${cut}`, body),
    pairsTable(
      "Message attributes",
      Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        `${name} (${DataType})`,
        StringValue ?? BinaryValue ?? "",
      ]),
    ),
    pairsTable("System attributes", Object.entries(systemAttributes).map(readableAttribute)),
  );
}

function readableAttribute([name, value]) {
  return [
    name,
    name.endsWith("Timestamp") ? `${value} (${new Date(Number(value)).toLocaleString()})` : value,
  ];
}

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
async function peekQueue(queue, limit) {
  return read(await fetch(`/_page/queues/${queue}/messages?limit=${limit}`));
}

async function read(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}
