import { gapsOfFleet } from "@/lib/api/endpoints/gaps";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: gapsOfFleet });
