import { z } from "zod";
import type { DirectoryOrganization } from "../../ports/organization-directory.ts";

const organization = z.object({
  id: z.union([z.number().int(), z.string().min(1).max(100)]).transform(String),
  name: z.string().max(1_000),
});

const answer = z.object({
  organizations: z.array(z.unknown()),
  pagination: z
    .object({
      next_page: z.number().int().positive().nullish().catch(null),
      next_page_token: z.string().min(1).max(4_000).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

export interface HuntressPage {
  readonly organizations: readonly DirectoryOrganization[];
  readonly next: string | null;
  /** Entries without an id or a name, left out. */
  readonly unreadable: number;
}

/** Reads an answer of `/v1/organizations`; null where it isn't one. A single odd entry does not cost the others. */
export function readHuntressPage(body: unknown): HuntressPage | null {
  const read = answer.safeParse(body);
  if (!read.success) return null;
  const organizations = read.data.organizations.flatMap((entry) => {
    const parsed = organization.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  const { next_page_token: token, next_page: page } = read.data.pagination ?? {};
  const next = token ? `token:${token}` : page ? `page:${page}` : null;
  return { organizations, next, unreadable: read.data.organizations.length - organizations.length };
}
