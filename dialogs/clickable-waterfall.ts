import { type DialogContext, DialogReason, type DialogTurnResult, WaterfallDialog } from "botbuilder-dialogs";

/** A waterfall that clicks move on as well as messages: botbuilder's own waits for a message and ignores an invoke. */
export class ClickableWaterfall<Options extends object> extends WaterfallDialog<Options> {
  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return await this.resumeDialog(dc, DialogReason.continueCalled, dc.context.activity.text);
  }
}
