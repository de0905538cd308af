import { DepthChart } from "./depth-chart.js";
import { announce, button, byId, element } from "./element.js";
import { MessageList, changeQueue } from "./message-list.js";

/** Cards by the queue's name: they keep their charts when the stacks change. */
const cards = new Map();

/** Shows them, dead-letter queues last. */
export function showQueues(queues, canPeek) {
  const names = new Set(queues.map(({ name }) => name));
  for (const name of cards.keys()) if (!names.has(name)) cards.delete(name);
  const ordered = [...queues].sort((a, b) => Math.sign(a.sources.length) - Math.sign(b.sources.length));
  for (const queue of ordered) {
    const text = JSON.stringify(queue);
    if (cards.get(queue.name)?.text !== text) cards.set(queue.name, new QueueCard(queue, canPeek, text));
  }
  byId("queue-cards").replaceChildren(...ordered.map(({ name }) => cards.get(name).node));
}

/** Draws what a look at the queues found. */
export function addDepths({ time, depths }) {
  for (const depth of depths) cards.get(depth.name)?.add(time, depth);
}

class QueueCard {
  constructor(queue, canPeek, text) {
    this.queue = queue;
    this.text = text;
    this.depth = { visible: 0, inFlight: 0, delayed: 0 };
    this.chart = new DepthChart(queue.name);
    this.messages = new MessageList({
      name: queue.name,
      total: () => this.total,
      canPeek,
      hasRedrive: queue.deadLetterQueue !== undefined,
    });
    this.result = element("p", { class: "result", role: "status" });
    this.node = element(
      "article",
      { class: "column panel", "aria-label": `Queue ${queue.name}` },
      element("h3", {}, queue.name),
      relations(queue),
      this.chart.node,
      element("div", { class: "actions" }, this.messagesButton(), this.purgeButton(), this.redriveButtons()),
      this.result,
      this.messages.node,
    );
  }

  add(time, depth) {
    const { failed } = this;
    this.failed = depth.error;
    if (depth.error !== undefined) {
      this.say(depth.error, true);
      return;
    }
    if (failed !== undefined && this.result.textContent === failed) this.say("");
    const changed = JSON.stringify(depth) !== JSON.stringify(this.depth);
    this.depth = depth;
    this.chart.add(time, depth);
    if (changed) void this.messages.refresh();
  }

  get total() {
    return this.depth.visible + this.depth.inFlight + this.depth.delayed;
  }

  messagesButton() {
    const toggle = () => {
      void this.messages.toggle();
      opener.setAttribute("aria-expanded", String(this.messages.isOpen));
    };
    const opener = button("Messages", `Messages in ${this.queue.name}`, toggle, { "aria-expanded": "false" });
    return opener;
  }

  purgeButton() {
    const { name } = this.queue;
    return this.actionButton("Purge…", async () => {
      const text = `All messages of ${name} are deleted, about ${this.total} now. This can't be undone.`;
      if (!(await confirmAction({ title: `Purge ${name}?`, text, yes: "Purge" }))) return;
      await changeQueue(name, "purge");
      this.say("Purged.");
      await this.messages.refresh();
    });
  }

  redriveButtons() {
    const { name, sources } = this.queue;
    return sources.map((source) =>
      this.actionButton(sources.length === 1 ? "Redrive…" : `Redrive to ${source}…`, async () => {
        const text = `The messages of ${name}, about ${this.depth.visible}, are sent to ${source} again and then deleted here, one by one.`;
        if (!(await confirmAction({ title: `Redrive to ${source}?`, text, yes: "Redrive" }))) return;
        this.say("Moving…");
        const { moved, left } = await changeQueue(name, "redrive", source);
        this.say(
          `Moved ${moved} to ${source}${left === 0 ? "." : `; ${left} came from another queue and stay.`}`,
        );
        await this.messages.refresh();
      }),
    );
  }

  actionButton(label, act) {
    const actor = button(label, `${label.replace("…", "")} ${this.queue.name}`, async () => {
      actor.disabled = true;
      try {
        await act();
      } catch (error) {
        this.say(error.message, true);
      }
      actor.disabled = false;
      actor.focus();
    });
    return actor;
  }

  say(text, isError = false) {
    this.result.textContent = text;
    this.result.classList.toggle("error", isError);
    if (!isError) announce(text);
  }
}

function relations({ deadLetterQueue, sources, attributes }) {
  const facts = [
    attributes.FifoQueue === "true" && "FIFO",
    deadLetterQueue !== undefined && `failed messages go to ${deadLetterQueue}`,
    sources.length > 0 && `dead-letter queue of ${sources.join(", ")}`,
    attributes.VisibilityTimeout !== undefined && `visibility timeout ${attributes.VisibilityTimeout} s`,
    attributes.DelaySeconds !== undefined &&
      attributes.DelaySeconds !== "0" &&
      `delay ${attributes.DelaySeconds} s`,
  ].filter(Boolean);
  return facts.length === 0 ? undefined : element("p", { class: "faint" }, facts.join(" · "));
}

/** Asks before something that can't be undone; resolves to the answer. Escape is no. */
function confirmAction({ title, text, yes }) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = yes;
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
    byId("confirm-no").focus();
  });
}

byId("confirm-no").addEventListener("click", () => byId("confirm").close(""));
byId("confirm-yes").addEventListener("click", () => byId("confirm").close("yes"));
