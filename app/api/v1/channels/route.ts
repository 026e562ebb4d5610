import { listChannels } from "@/lib/api/endpoints/channels";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: listChannels });
