"""Makes tiny cross-encoders with random weights, saved as a folder like any other."""

import json
from collections.abc import Sequence
from pathlib import Path

WINDOW = 64
"""Tokens that such a model reads of a pair, special ones included."""
WORDS = "ada opened the kiln twelve potters sang and in ravenholm on 5 may they sold 40 jars to guests".split()


def write_inference_model(
    folder: Path, labels: Sequence[str], *, activation: str = "", window: int = WINDOW, leaning: float = 0.0
) -> Path:
    """Write a BERT for sequence classification with a tokenizer of whole words; always the same weights.

    Args:
        activation: What the model's file asks to be applied to its outputs, if anything.
        leaning: Added to the output named "entailment".
    """
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(word, vocabulary[word]) for word in ("[CLS]", "[SEP]")],
    )
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=window, **names).save_pretrained(folder)
    torch.manual_seed(11)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=window,
        initializer_range=0.8,
        id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )
    network = BertForSequenceClassification(config)
    if leaning:
        with torch.no_grad():
            network.classifier.bias[labels.index("entailment")] += leaning
    network.save_pretrained(folder)
    if activation:
        file = folder / "config.json"
        written = json.loads(file.read_text(encoding="utf-8"))
        written["sentence_transformers"] = {"activation_fn": activation, "version": "4.0.0"}
        file.write_text(json.dumps(written), encoding="utf-8")
    return folder
