/** What has arrived and not been looked at yet; waiting is for the event, never for time. */
export class Inbox<Item> {
  private readonly items: Item[] = [];
  private readonly waiting: { readonly matches: (item: Item) => boolean; readonly resolve: (item: Item) => void }[] = [];

  add(item: Item): void {
    const index = this.waiting.findIndex(({ matches }) => matches(item));
    const [waiter] = index < 0 ? [] : this.waiting.splice(index, 1);
    if (waiter) waiter.resolve(item);
    else this.items.push(item);
  }

  /** The first item that matches, taken out: one that is here or the next to come. */
  next(matches: (item: Item) => boolean = () => true): Promise<Item> {
    const index = this.items.findIndex(matches);
    const [item] = index < 0 ? [] : this.items.splice(index, 1);
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => this.waiting.push({ matches, resolve }));
  }

  /** All that is here now, taken out. */
  drain(): Item[] {
    return this.items.splice(0);
  }
}
