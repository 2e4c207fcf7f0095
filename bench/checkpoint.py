#!/usr/bin/env python3
"""Writes the encoder that all systems run: BERT, 6 layers, hidden 384, 12 heads, intermediate 1536, 30,522 entries, 57 labels.

    checkpoint.py OUT [--base FOLDER] [--tiny]

Speed does not depend on the values, so the weights are random unless --base gives a pretrained encoder of the shape, with its tokenizer. Without it a
WordPiece vocabulary is trained on the benchmark's notes. The head is always random, but for a bias towards O: a head that finds PHI
in every word would have scrubjay measure its rules of overlap. --tiny makes one layer of hidden 64, for software WebGPU, and takes but the
tokenizer from --base.

OUT gets config.json, tokenizer.json, tokenizer_config.json and model.safetensors (float32), as Hugging Face stores them and scrubjay
reads them, and onnx/model.onnx and onnx/model_quantized.onnx (dynamic, int8), where transformers.js looks for them. The quantisation's
settings are those of transformers.js' own script for its dtype "q8".
"""
import argparse, json, logging, pathlib
import onnx, torch
from onnxruntime.quantization import QuantType
from onnxruntime.quantization.onnx_quantizer import ONNXQuantizer
from onnxruntime.quantization.quantize import QuantizationMode
from onnxruntime.quantization.registry import IntegerOpsRegistry
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoModelForTokenClassification, BertConfig
from notes import development_notes

ROOT = pathlib.Path(__file__).resolve().parents[1]
SHAPE = dict(vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
TINY = SHAPE | dict(hidden_size=64, num_hidden_layers=1, num_attention_heads=4, intermediate_size=128)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def vocabulary(size):
    """A WordPiece tokenizer of exactly `size` entries. The notes do not fill it."""
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator(development_notes(), trainers.WordPieceTrainer(vocab_size=6000, special_tokens=SPECIAL, show_progress=False))
    vocab = t.get_vocab()
    vocab |= {f"[unused{i}]": i for i in range(len(vocab), size)}
    t.model = models.WordPiece(vocab, unk_token="[UNK]")
    t.decoder = decoders.WordPiece()
    special = [(name, vocab[name]) for name in ("[CLS]", "[SEP]")]
    t.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=special)
    return t


def encoder(base, shape):
    id2label = json.loads((ROOT / "models/default/config.json").read_text())["id2label"]
    id2label = {int(k): v for k, v in id2label.items()}
    labels = dict(id2label=id2label, label2id={v: k for k, v in id2label.items()}, attn_implementation="eager")
    torch.manual_seed(1)
    if base is None:
        model = AutoModelForTokenClassification.from_config(BertConfig(**shape, **labels), attn_implementation="eager")
    else:
        model = AutoModelForTokenClassification.from_pretrained(base, **labels)
        found = {key: getattr(model.config, key) for key in shape}
        if found != shape:
            raise SystemExit(f"{base} has another shape: {found}")
    with torch.no_grad():
        model.classifier.bias[next(k for k, v in id2label.items() if v == "O")] = 5.0
    return model.eval()


def export(model, path):
    """To ONNX, and a look whether another length gives what torch gives."""
    names = ["input_ids", "attention_mask", "token_type_ids"]
    inputs = lambda n: (torch.arange(n)[None] % 1000 + 5, torch.ones(1, n, dtype=torch.int64), torch.zeros(1, n, dtype=torch.int64))
    axes = {name: {0: "batch", 1: "sequence"} for name in (*names, "logits")}
    path.parent.mkdir(exist_ok=True)
    model.config.return_dict = False
    torch.onnx.export(model, inputs(11), str(path), input_names=names, output_names=["logits"], dynamic_axes=axes, opset_version=17, dynamo=False)
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path))
    found = session.run(None, dict(zip(names, (x.numpy() for x in inputs(200)))))[0]
    difference = (torch.from_numpy(found) - model(*inputs(200))[0]).abs().max().item()
    print(f"{path.name}: logits of 200 tokens differ from torch's by {difference:.1e}")
    assert difference < 1e-3


def quantize(path, out):
    quantizer = ONNXQuantizer(
        onnx.load(path), per_channel=False, reduce_range=False, mode=QuantizationMode.IntegerOps, static=False,
        weight_qType=QuantType.QInt8, activation_qType=QuantType.QUInt8, tensors_range=None, nodes_to_quantize=[], nodes_to_exclude=[],
        op_types_to_quantize=list(IntegerOpsRegistry), extra_options=dict(EnableSubgraph=True, MatMulConstBOnly=True),
    )
    quantizer.quantize_model()
    onnx.save(quantizer.model.model, out)
    print(f"{out.name}: {out.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--base", type=pathlib.Path)
    parser.add_argument("--tiny", action="store_true")
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json")) if args.base else vocabulary(SHAPE["vocab_size"])
    tokenizer.save(str(args.out / "tokenizer.json"))
    (args.out / "tokenizer_config.json").write_text(json.dumps(dict(tokenizer_class="BertTokenizer", do_lower_case=True, model_max_length=512)))
    model = encoder(None, TINY) if args.tiny else encoder(args.base, SHAPE)
    model.save_pretrained(args.out)
    export(model, args.out / "onnx/model.onnx")
    quantize(args.out / "onnx/model.onnx", args.out / "onnx/model_quantized.onnx")


if __name__ == "__main__":
    main()
