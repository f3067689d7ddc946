/** The answer to a post that leads on to another page (RFC 9110, section 15.4.4). */
export const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location } });
