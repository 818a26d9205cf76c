import { createLocalQueue } from "../../../services/queue/local/local-queue.ts";
import { queueContract } from "./queue-contract.ts";

queueContract("in this process", createLocalQueue);
