#!/usr/bin/env python3
"""Writes goldens of BERT and RoBERTa with the reference implementation (pip install torch==2.8.0 transformers==4.57.6 safetensors==0.8.0).

    make_encoders.py tiny-bert | tiny-roberta  the random checkpoint models/NAME and tests/goldens/NAME.safetensors (all committed)
    make_encoders.py FOLDER OUT.safetensors    goldens of another checkpoint; without a head it is given a random one, saved beside OUT

A golden file holds, for each case NAME: NAME.input_ids and NAME.attention_mask [batch, seq_len] as I64, NAME.hidden_states.K
[batch, seq_len, hidden_size] for the embeddings (K = 0) and every layer, and NAME.logits [batch, seq_len, num_labels].
"""
import json, pathlib, sys
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoConfig, AutoModelForTokenClassification, BertConfig, RobertaConfig

ROOT = pathlib.Path(__file__).resolve().parents[2]
TYPES = ("PATIENT DOCTOR USERNAME PROFESSION HOSPITAL ORGANIZATION STREET CITY STATE COUNTRY ZIP LOCATION-OTHER AGE DATE PHONE FAX EMAIL URL "
         "IPADDR SSN MEDICALRECORD HEALTHPLAN ACCOUNT LICENSE VEHICLE DEVICE BIOID IDNUM").split()
LABELS = ["O"] + [f"{p}-{t}" for t in TYPES for p in "BI"]
LENGTHS = [[1], [127], [128], [250], [512], [7, 3, 12]]  # the last case is a padded batch


def tiny_word_pieces():
    ascii_chars = [chr(c) for c in range(33, 127) if not chr(c).isupper()]
    letters = [c for c in ascii_chars if c.isalnum()]
    words = "the patient was seen by dr mr mrs smith jones on in at for with of and hospital name date age year old phone she he mrn".split()
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + ascii_chars + ["##" + c for c in letters] + [w for w in words if len(w) > 1]
    vocab = {t: i for i, t in enumerate(dict.fromkeys(vocab))}
    t = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]", max_input_chars_per_word=100))
    t.normalizer = normalizers.BertNormalizer(lowercase=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocab["[CLS]"]), ("[SEP]", vocab["[SEP]"])])
    t.decoder = decoders.WordPiece()
    t.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    t.enable_truncation(128)  # scrubjay must ignore these two
    t.enable_padding(length=128)
    return t, len(vocab)


def tiny_byte_pairs():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    text = "the patient was seen by Dr. Smith at the hospital on Monday; her mother Mrs. Jones, aged 61, lives in Ohio.\n"
    trainer = trainers.BpeTrainer(vocab_size=320, special_tokens=["<s>", "<pad>", "</s>", "<unk>"], show_progress=False,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    t.train_from_iterator([text, text.upper(), text.lower()], trainer)
    t.post_processor = processors.RobertaProcessing(sep=("</s>", 2), cls=("<s>", 0), trim_offsets=True, add_prefix_space=False)
    t.enable_truncation(128)  # scrubjay must ignore these two
    t.enable_padding(length=128, pad_id=1, pad_token="<pad>")
    return t, t.get_vocab_size()


SMALL = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32, initializer_range=0.4, attn_implementation="eager")
TINY = {
    "tiny-bert": (tiny_word_pieces, lambda size: BertConfig(vocab_size=size, max_position_embeddings=512, **SMALL)),
    "tiny-roberta": (tiny_byte_pairs, lambda size: RobertaConfig(vocab_size=size, max_position_embeddings=514, type_vocab_size=1, **SMALL)),
}


def head(config):
    config.id2label = dict(enumerate(LABELS)); config.label2id = {l: i for i, l in enumerate(LABELS)}
    return config


def goldens(model, out):
    tensors = {}
    for lengths in LENGTHS:
        name = "len" + "_".join(map(str, lengths)); width = max(lengths)
        ids = torch.randint(5, model.config.vocab_size, (len(lengths), width)); mask = torch.zeros_like(ids)
        for row, n in enumerate(lengths):
            mask[row, :n] = 1; ids[row, n:] = model.config.pad_token_id
        with torch.no_grad():
            got = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
        tensors[f"{name}.input_ids"], tensors[f"{name}.attention_mask"] = ids, mask
        for k, h in enumerate(got.hidden_states):
            tensors[f"{name}.hidden_states.{k}"] = h.contiguous()
        tensors[f"{name}.logits"] = got.logits.contiguous()
    save_file(tensors, out)
    print(out, sum(t.numel() for t in tensors.values()), "numbers")


def main():
    torch.manual_seed(20220131)
    if len(sys.argv) == 2 and sys.argv[1] in TINY:
        name = sys.argv[1]; make_tokenizer, make_config = TINY[name]
        folder = ROOT / "models" / name; folder.mkdir(parents=True, exist_ok=True)
        tokenizer, size = make_tokenizer(); tokenizer.save(str(folder / "tokenizer.json"))
        model = AutoModelForTokenClassification.from_config(head(make_config(size))).eval()
        model.save_pretrained(folder, safe_serialization=True)
        goldens(model, ROOT / f"tests/goldens/{name}.safetensors")
    elif len(sys.argv) == 3:
        folder, out = map(pathlib.Path, sys.argv[1:])
        config = AutoConfig.from_pretrained(folder)
        if not config.architectures or "ForTokenClassification" not in config.architectures[0]:
            head(config)
        model = AutoModelForTokenClassification.from_pretrained(folder, config=config, attn_implementation="eager").eval()
        model.save_pretrained(out.parent / "with-head", safe_serialization=True)
        goldens(model, out)
    else:
        sys.exit(__doc__)


main()
