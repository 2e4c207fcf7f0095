#!/usr/bin/env python3
"""Writes goldens of BERT, RoBERTa, DistilBERT and XLNet with the reference implementation (pip install torch==2.8.0 transformers==4.57.6 safetensors==0.8.0).

    make_encoders.py tiny-FAMILY               the random checkpoint models/NAME and tests/goldens/NAME.safetensors (all committed)
    make_encoders.py FOLDER OUT.safetensors    goldens of another checkpoint; without a head it is given a random one, saved beside OUT

A golden file holds, for each case NAME: NAME.input_ids and NAME.attention_mask [batch, seq_len] as I64, NAME.hidden_states.K
[batch, seq_len, hidden_size] for the embeddings (K = 0) and every layer, and NAME.logits [batch, seq_len, num_labels]. A case with
NAME.memory_ids is read after those, with a memory of NAME.memory_len positions. gradient.classes [batch, seq_len] are the targets of
the padded case, and gradient.of.TENSOR is the gradient of its mean negative log-likelihood over the tokens that are not padding.
"""
import json, pathlib, sys
import torch
from safetensors.torch import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoConfig, AutoModelForTokenClassification, BertConfig, DistilBertConfig, RobertaConfig, XLNetConfig

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


def tiny_pieces():
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.Sequence([normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.Nmt(), normalizers.NFKD(),
                                         normalizers.StripAccents(), normalizers.Replace(Regex(" {2,}"), " ")])
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    t.decoder = decoders.Metaspace()
    text = "the patient was seen by Dr. Smith at the hospital on Monday; her mother Mrs. Jones, aged 61, lives in Ohio.\n"
    special = ["<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>"]
    trainer = trainers.UnigramTrainer(vocab_size=180, special_tokens=special, unk_token="<unk>", show_progress=False,
                                      initial_alphabet=[chr(c) for c in range(33, 127)])
    t.train_from_iterator([text, text.upper(), text.lower()], trainer)
    t.post_processor = processors.TemplateProcessing(single="$A:0 <sep>:0 <cls>:2", special_tokens=[("<sep>", 4), ("<cls>", 3)])
    return t, t.get_vocab_size()


SMALL = dict(hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32, initializer_range=0.4, attn_implementation="eager")
TINY = {
    "tiny-bert": (tiny_word_pieces, lambda size: BertConfig(vocab_size=size, max_position_embeddings=512, **SMALL)),
    "tiny-roberta": (tiny_byte_pairs, lambda size: RobertaConfig(vocab_size=size, max_position_embeddings=514, type_vocab_size=1, **SMALL)),
    "tiny-distilbert": (tiny_word_pieces, lambda size: DistilBertConfig(vocab_size=size, dim=16, n_layers=2, n_heads=4, hidden_dim=32,
                                                                        initializer_range=0.4, attn_implementation="eager")),
    "tiny-xlnet": (tiny_pieces, lambda size: XLNetConfig(vocab_size=size, d_model=16, n_layer=2, n_head=4, d_inner=32, clamp_len=100,
                                                         initializer_range=0.4)),
}


def head(config):
    config.id2label = dict(enumerate(LABELS)); config.label2id = {l: i for i, l in enumerate(LABELS)}
    return config


def batch(config, lengths):
    """Random windows as the family's tokenizer would shape them: ids, mask, and what else the model takes."""
    width = max(lengths)
    ids = torch.randint(7, config.vocab_size, (len(lengths), width)); mask = torch.ones_like(ids)
    if config.model_type != "xlnet":
        for row, n in enumerate(lengths):
            mask[row, n:] = 0; ids[row, n:] = config.pad_token_id
        return dict(input_ids=ids, attention_mask=mask)
    segments = torch.zeros_like(ids)
    for row, n in enumerate(lengths):  # padding first, <sep><cls> last, <cls> and padding in segments of their own
        mask[row, :width - n] = 0; ids[row, :width - n] = config.pad_token_id; segments[row, :width - n] = 3
        ids[row, max(width - 2, width - n):] = 4; ids[row, -1] = 3; segments[row, -1] = 2
    return dict(input_ids=ids, attention_mask=mask, token_type_ids=segments)


def goldens(model, out):
    tensors = {}

    def record(name, inputs, **more):
        with torch.no_grad():
            got = model(**inputs, **more, output_hidden_states=True)
        tensors[f"{name}.input_ids"], tensors[f"{name}.attention_mask"] = inputs["input_ids"], inputs["attention_mask"]
        for k, h in enumerate(got.hidden_states):
            tensors[f"{name}.hidden_states.{k}"] = h.contiguous()
        tensors[f"{name}.logits"] = got.logits.contiguous()

    for lengths in LENGTHS:
        record("len" + "_".join(map(str, lengths)), batch(model.config, lengths))
    if model.config.model_type == "xlnet":
        # Two windows before the third; the memory is longer than the second, shorter than both.
        windows, mems = [batch(model.config, [n]) for n in (9, 12, 20)], None
        for window in windows[:2]:
            with torch.no_grad():
                # The model's own cache keeps as much of the last input as there is: cut it as its configuration would.
                mems = [m[-16:] for m in model(**window, mems=mems, use_mems=True).mems]
        record("after", windows[2], mems=mems, use_mems=True)
        tensors["after.memory_ids.0"], tensors["after.memory_ids.1"] = windows[0]["input_ids"], windows[1]["input_ids"]
        tensors["after.memory_len"] = torch.tensor([16])
    if len(sys.argv) == 2:
        inputs = batch(model.config, LENGTHS[-1])
        classes = torch.randint(0, len(LABELS), inputs["input_ids"].shape)
        logits = model(**inputs).logits[inputs["attention_mask"] == 1]
        torch.nn.functional.cross_entropy(logits, classes[inputs["attention_mask"] == 1]).backward()
        tensors["gradient.ids"], tensors["gradient.mask"], tensors["gradient.classes"] = inputs["input_ids"], inputs["attention_mask"], classes
        for name, parameter in model.named_parameters():
            if parameter.grad is not None:
                tensors[f"gradient.of.{name}"] = parameter.grad.contiguous()
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
