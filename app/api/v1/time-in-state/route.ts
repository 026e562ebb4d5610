import { timeInStateOfFleet } from "@/lib/api/endpoints/time-in-state";
import { route } from "@/lib/api/route";

export const { GET, POST, HEAD, PUT, PATCH, DELETE, OPTIONS } = route({ GET: timeInStateOfFleet });
