import { listHosts } from "@/lib/api/endpoints/hosts";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: listHosts });
