/** Assets under their topmost parent. Pure. */
import type { Asset } from '../../api/assets';

export interface Group {
  /** The topmost parent, or null for assets that neither have nor are one. */
  root: Asset | null;
  assets: Asset[];
}

/** The topmost ancestor of an asset; a circle of parents ends at the first asset met twice. */
export function rootOf(asset: Asset, byId: Map<string, Asset>): Asset {
  const seen = new Set<string>();
  let at = asset;
  while (at.parent !== null && !seen.has(at.id)) {
    seen.add(at.id);
    const next = byId.get(at.parent);
    if (!next) break;
    at = next;
  }
  return at;
}

/** Groups in the order of their first asset, each with its root first; those without a parent last; without any there is one group without a root. */
export function grouped(shown: Asset[], every: Asset[]): Group[] {
  const byId = new Map(every.map((asset) => [asset.id, asset]));
  const parents = new Set(every.flatMap((asset) => (asset.parent !== null && byId.has(asset.parent) ? [asset.parent] : [])));
  const groups = new Map<string | null, Group>();
  for (const asset of shown) {
    const root = rootOf(asset, byId);
    const key = parents.has(root.id) ? root.id : null;
    const group = groups.get(key) ?? { root: key === null ? null : root, assets: [] };
    group.assets.push(asset);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.assets.sort((a, b) => Number(b === group.root) - Number(a === group.root));
  return [...groups.values()].toSorted((a, b) => Number(a.root === null) - Number(b.root === null));
}
