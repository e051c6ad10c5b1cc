"""A source with a block of every kind, as the tests of translations take it."""

SOURCE = """\
# Title

One paragraph
over two lines.

## Part

- a
- b

| a | b |
| --- | --- |
| c | d |

```sh
# <!-- aiblog:todo --> stays
```

![image](./i.png)

> quote

---

<details>
<summary>More</summary>
</details>

<!-- a comment -->

[ref]: ./x.md
"""
