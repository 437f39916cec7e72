"""Chinese: no letter has a capital."""

from __future__ import annotations

from index.language.packs.pack import Pack

STOPWORDS = """
的 了 是 在 和 与 也 就 都 而 及 或 被 把 对 从 向 有 这 那 吗 呢 吧 啊 谁 什么 什麼 怎么 怎麼 怎样 为什 為什
么时 麼時 何时 何時
哪里 哪裡 哪个 哪個 哪些 多少
几个 幾個 是谁 是誰 谁是 誰是 是什 有多 少人 
这个 那个 一个 時候 时候 如何 为何 為何 是否 没有 他们 我们 你们
"""

PACK = Pack(
    code="zh",
    stopwords=STOPWORDS,
    capitals_are_names=False,
)
