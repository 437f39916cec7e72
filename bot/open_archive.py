"""Settings -> archive: the one place where what the owner set becomes what the archive is opened with.

Called by the terminal commands. The archive itself never sees the settings.
"""

from __future__ import annotations

import logging
from datetime import datetime

from config.sections import Outlet, Override, Source
from config.settings import Settings
from index.archive import Archive
from index.clean.overrides import Rule, override_of
from index.datatypes import Options, OutletRights, SourceKind, SourceSpec, WebRules
from index.errors import ModelMissing
from index.search.reranker import CrossEncoderReranker
from index.vectors.embedder import Embedder, SentenceTransformerEmbedder, embedded

logger = logging.getLogger(__name__)


def open_archive(settings: Settings) -> Archive:
    """The archive in the data folder of the settings; loads no model. May raise StoreError.

    Without the model that comes with the installation it answers by words alone.
    """
    try:
        model: Embedder | None = embedder(settings)
    except ModelMissing as error:
        logger.error("Searching by words alone: %s", error)
        model = None
    reranker = CrossEncoderReranker(settings.model.reranker) if settings.model.reranker else None
    return Archive.open(
        settings.archive.path,
        options=options(settings),
        embedder=model,
        reranker=reranker,
        rules=[_rule(one) for one in settings.overrides],
    )


def options(settings: Settings) -> Options:
    """How the archive is to behave. Moments without a time zone are in the newsroom's."""
    return Options(
        outlets={name: _rights(outlet, settings) for name, outlet in settings.outlets.items()},
        context_share=settings.answers.context_share,
        question_days=settings.answers.question_days,
        floor=settings.answers.floor,
        max_bytes=settings.archive.max_file_bytes,
        sources=sources(settings),
        web=WebRules(**settings.web.model_dump()),
        learn_furniture=settings.archive.learn_furniture,
        zone=settings.answers.zone,
    )


def sources(settings: Settings) -> tuple[SourceSpec, ...]:
    """The sources that the owner set, those of archive.sources first."""
    plain = (SourceSpec(str(path.absolute())) for path in settings.archive.sources)
    return (*plain, *map(_source, settings.sources))


def _source(one: Source) -> SourceSpec:
    return SourceSpec(
        location=one.location,
        kind=SourceKind(one.kind),
        name=one.name,
        fields=one.fields,
        alarm_after=one.alarm_after,
        urls=one.urls,
        include=one.include,
        exclude=one.exclude,
    )


def embedder(settings: Settings) -> Embedder:
    """The model that the settings name, not yet loaded. May raise ModelMissing."""
    model = settings.model
    if not model.path:
        return embedded(
            question_threads=model.question_threads,
            passage_threads=model.passage_threads,
            batch_size=model.batch_size,
        )
    return SentenceTransformerEmbedder(
        model.path,
        name=model.name,
        languages=model.languages,
        sha256=model.sha256 or None,
        question_threads=model.question_threads,
        passage_threads=model.passage_threads,
        batch_size=model.batch_size,
    )


def _rule(said: Override) -> Rule:
    given = said.model_dump(exclude={"where"}, exclude_none=True)
    return Rule(said.where, override_of(given))


def _rights(outlet: Outlet, settings: Settings) -> OutletRights:
    return OutletRights(outlet.max_quote_chars, outlet.link_only, _moment(outlet.embargo_until, settings))


def _moment(when: datetime | None, settings: Settings) -> datetime | None:
    return when.replace(tzinfo=settings.answers.zone) if when and when.tzinfo is None else when
