"""Groups, supergroups, forums and channels in a test's hand.

Made by `server.group(...)`, `server.channel(...)` and their kin. What happens in them reaches the bot as updates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .html_markup import parse_html
from .incoming import Draft, change_member, post, text_content
from .methods.options import origin_of
from .text import FormattedText, fixed
from .views import Message
from .world import LINKED_CHANNEL, Chat, Json, Member, User

if TYPE_CHECKING:
    from .client import Person
    from .people import People


class Place:
    """A group, supergroup or forum."""

    def __init__(self, people: People, chat: Chat, owner: Person) -> None:
        self.people = people
        self.chat = chat
        self.owner = owner

    @property
    def id(self) -> int:
        return self.chat.id

    def messages(self) -> list[Message]:
        """What stands in the chat now, oldest first."""
        return self.people.messages(self.chat)

    def adds(self, person: Person, status: str = "member", **rights: bool) -> None:
        """Let a person in, as member, administrator or restricted."""
        self.change(person.user, self.owner.user, status, **rights)

    def removes(self, person: Person) -> None:
        """Throw a person out."""
        self.change(person.user, self.owner.user, "kicked")

    def adds_bot(self, by: Person | None = None, status: str = "member", **rights: bool) -> None:
        """Let the bot in, with the service message and my_chat_member that this brings."""
        if self.chat.type == "channel":  # a bot can be in a channel in no other way
            status = "administrator"
        actor = (by or self.owner).user
        actor.met = True
        self.change(self.people.world.bot, actor, status, **rights)
        if self.chat.type != "channel":
            self._service(actor, {"new_chat_members": [self.people.world.bot.json()]})

    def promotes_bot(self, **rights: bool) -> None:
        """Make the bot an administrator; every right unless told otherwise (`can_delete_messages=False`)."""
        self.change(self.people.world.bot, self.owner.user, "administrator", **rights)

    def demotes_bot(self) -> None:
        self.change(self.people.world.bot, self.owner.user, "member")

    def restricts_bot(self, **rights: bool) -> None:
        """Leave the bot only the rights named, so by default it may not write."""
        self.change(self.people.world.bot, self.owner.user, "restricted", **rights)

    def removes_bot(self) -> None:
        """Throw the bot out."""
        self.change(self.people.world.bot, self.owner.user, "kicked")

    def change(self, user: User, by: User, status: str, **rights: bool) -> None:
        """Any change of anybody's place."""
        world = self.people.world
        change_member(world, self.people.updates, self.chat, user, by, Member(user, status, dict(rights)))
        if self.chat.member(world.bot).present:
            for member in self.chat.members.values():
                member.user.met = True
        self.people.changes.notify()

    def opens_topic(self, name: str) -> int:
        """A new forum topic; its id is the id of the message that announces it."""
        if not self.chat.is_forum:
            raise ValueError("only forums have topics")
        number = self.chat.last_id + 1
        self.chat.topics[number] = name
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        self._service(self.owner.user, created, topic=number)
        return number

    def closes_topic(self, topic: int) -> None:
        self.chat.closed_topics.add(topic)

    def deletes_topic(self, topic: int) -> None:
        """Remove a topic with its messages; the bot is told nothing."""
        del self.chat.topics[topic]
        for message in self.chat.messages.values():
            if message.body.get("message_thread_id") == topic:
                message.deleted = True

    def migrates(self) -> Place:
        """Become a supergroup with another id; the old one is dead."""
        old = self.chat
        new = self.people.add_chat("supergroup", old.title, self.owner)
        new.chat.members = dict(old.members)
        self._service(self.owner.user, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        new._service(self.owner.user, {"migrate_from_chat_id": old.id})
        return new

    def _service(self, by: User, content: Json, topic: int | None = None) -> None:
        people = self.people
        post(people.world, people.updates, people.changes, self.chat, Draft(by, content, topic=topic))


class Channel(Place):
    """A channel; only its owner writes."""

    discussion: Place | None = None

    def links(self, group: Place) -> None:
        """Give the channel a discussion group: posts appear there too, from id 777000."""
        self.discussion = group
        self.chat.linked_id, group.chat.linked_id = group.id, self.id

    async def posts(self, text: str, *, html: bool = False, signature: str = "", **fields: Any) -> Message:
        """A post with text (`html`: formatted), signed where the channel shows its authors."""
        written = fixed(*parse_html(text)) if html else fixed(text, [])
        signed = {"author_signature": signature} if signature else {}
        return self._post(text_content(self.people.world, written) | signed | fields, written)

    async def posts_photo(self, caption: str = "", *, album: str = "") -> Message:
        """A post with a picture; several with the same `album` are shown as one, and come one by one."""
        world, written = self.people.world, fixed(caption, []) if caption else FormattedText("")
        file = world.add_file(b"\xff\xd8\xff photo", "photo.jpg", "image/jpeg", "photos")
        content: Json = {"photo": [file.json() | {"width": 1280, "height": 720}]}
        content |= {"media_group_id": album} if album else {}
        return self._post(content | text_content(world, written, "caption"), written)

    async def forwards(self, message: Message) -> Message:
        """Send a message on into the channel."""
        content = {name: message.raw[name] for name in ("text", "entities") if name in message.raw}
        return self._post(content | {"forward_origin": origin_of(message.stored)}, message.stored.text)

    async def posts_document(self, content: bytes, name: str, mime: str = "text/plain", caption: str = "") -> Message:
        """A post with a file."""
        world, written = self.people.world, fixed(caption, []) if caption else FormattedText("")
        file = world.add_file(content, name, mime, "documents")
        document = file.json() | {"file_name": name, "mime_type": mime}
        return self._post({"document": document} | text_content(world, written, "caption"), written)

    async def edits(self, message: Message, text: str) -> Message:
        """Another text for a post. The bot is told, unless it wrote the post itself."""
        return self.people.edit(message, text)

    async def deletes(self, message: Message) -> None:
        """Remove a post. The bot is never told."""
        message.stored.deleted = True

    def _post(self, content: Json, text: FormattedText) -> Message:
        people = self.people
        draft = Draft(None, content, text, sender_chat=self.chat)
        stored = post(people.world, people.updates, people.changes, self.chat, draft)
        if self.discussion is not None:
            origin = {"type": "channel", "date": stored.body["date"], "chat": self.chat.json()}
            copied = content | {
                "is_automatic_forward": True,
                "forward_origin": origin | {"message_id": stored.id},
            }
            sender = people.world.users[LINKED_CHANNEL]
            forward = Draft(sender, copied, text, sender_chat=self.chat)
            post(people.world, people.updates, people.changes, self.discussion.chat, forward)
        return Message(self.chat, stored)
