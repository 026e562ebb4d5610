import { listGroups } from "@/lib/api/endpoints/groups";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: listGroups });
