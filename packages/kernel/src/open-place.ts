import { access } from 'node:fs/promises';
import { guestPlace } from './guest/guest-place.js';
import { cachedImage } from './images/image-cache.js';
import { isKnownRelease, RELEASES } from './images/releases.js';
import { KernelUnavailable } from './kernel.js';
import { livePlace, type Place } from './place.js';

/**
 * The place that a name means.
 *
 * @param name "live"; a series such as "7.3", whose image is in the cache; or the path of a bzImage
 * @throws KernelUnavailable when programs cannot run there, with what to do about it
 */
export async function openPlace(name: string): Promise<Place> {
  if (name === 'live') return livePlace();
  if (isKnownRelease(name)) {
    const image = await cachedImage(name);
    if (image === undefined) {
      throw new KernelUnavailable(`there is no image of Linux ${name}: vmacheck kernels --fetch ${name} gets one`);
    }
    return guestPlace(name, image.path);
  }
  try {
    await access(name);
  } catch {
    throw new KernelUnavailable(
      `no kernel is called ${name}: give live, the path of an image, or one of ${RELEASES.join(', ')}`,
    );
  }
  return guestPlace(name, name);
}
