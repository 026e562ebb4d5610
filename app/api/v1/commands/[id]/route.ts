import { oneCommand } from "@/lib/api/endpoints/commands";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: oneCommand });
