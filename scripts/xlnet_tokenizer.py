#!/usr/bin/env python3
"""Writes XLNet's tokenizer.json from its SentencePiece vocabulary: a piece and its score a line, the line number the id
(pip install tokenizers==0.22.1).

    xlnet_tokenizer.py xlnet_base_cased.vocab tokenizer.json

As Hugging Face converts spiece.model: quotes straightened, accents stripped, SentencePiece's nmt_nfkc normalisation (here by its two
parts, since its compiled table is in spiece.model only), words behind "▁", and <sep> <cls> at the end, <cls> in a segment of its own.
"""
import sys
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPECIAL = ["<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>", "<eod>", "<eop>"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as lines:
        vocab = [(piece, float(score)) for piece, score in (line.rstrip("\n").split("\t") for line in lines)]
    ids = {}
    for i, (piece, score) in enumerate(vocab):
        if piece not in ids or score > vocab[ids[piece]][1]:
            ids[piece] = i
    # Lists in circulation are Unicode-normalised, so that some pieces stand in them twice. Normalised text is the likelier of the two;
    # the other keeps its id, under a name that no text has.
    vocab = [(piece if ids[piece] == i else f"\ue000{i}", score) for i, (piece, score) in enumerate(vocab)]
    missing = [token for token in ("<unk>", "<cls>", "<sep>", "<pad>") if token not in ids]
    if missing:
        sys.exit(f"not XLNet's vocabulary: it has no {' '.join(missing)}")
    t = Tokenizer(models.Unigram(vocab, unk_id=ids["<unk>"]))
    t.normalizer = normalizers.Sequence([
        normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.NFKD(), normalizers.StripAccents(),
        normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " "),
    ])
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    t.decoder = decoders.Metaspace()
    t.add_special_tokens([AddedToken(token, special=True, lstrip=token == "<mask>") for token in SPECIAL if token in ids])
    t.post_processor = processors.TemplateProcessing(
        single="$A:0 <sep>:0 <cls>:2", special_tokens=[("<sep>", ids["<sep>"]), ("<cls>", ids["<cls>"])])
    t.save(sys.argv[2])
    print(sys.argv[2], t.get_vocab_size(), "entries")


main()
