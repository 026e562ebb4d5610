import { postEndSilence } from "@/lib/api/endpoints/silences";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ POST: postEndSilence });
