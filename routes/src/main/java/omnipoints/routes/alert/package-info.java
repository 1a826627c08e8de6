/** Messages to people in the group chats of platforms, or to a webhook of one's own. */
package omnipoints.routes.alert;
