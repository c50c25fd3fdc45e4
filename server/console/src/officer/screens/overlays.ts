/** Which pictures may be laid over the camera: one's own of the place first, then the camera's blurred ones. */
import type { Task } from "../../api/schema";
import { useOwnPhotos } from "./Shown";

export function useOverlays(task: Task): string[] {
  const own = useOwnPhotos(task.case.id).filter((photo) => photo.role === "place" || photo.role === "before");
  return [...own.map((photo) => photo.sha256), ...task.pictures.map((picture) => picture.sha256)];
}
