import { listen } from "./listen.mjs";

/**
 * The port at which a stand-in is told what to do: `POST /tell` with an order as application/json,
 * which no web page of another origin may send, and `GET /state`.
 * @param {number} port
 * @param {{ tell(order: unknown): void | Promise<void>, state(): object }} standIn `tell` throws a TypeError in words.
 */
export function listenToOrders(port, standIn) {
  return listen(async (request, response) => {
    response.setHeader("content-type", "application/json");
    try {
      if (request.method === "POST" && request.url === "/tell") {
        if (request.headers["content-type"] !== "application/json")
          throw new TypeError("an order is sent with content-type: application/json");
        let text = "";
        for await (const part of request.setEncoding("utf8")) text += part;
        await standIn.tell(JSON.parse(text));
      } else if (request.method !== "GET" || request.url !== "/state") {
        response.writeHead(404).end('{"message":"there is POST /tell and GET /state"}');
        return;
      }
      response.end(JSON.stringify(standIn.state()));
    } catch (error) {
      response
        .writeHead(400)
        .end(JSON.stringify({ message: error instanceof Error ? error.message : "no order" }));
    }
  }, port);
}
