namespace FeatureTransfer.Inputs.Text;

/// <summary>How text becomes tokens.</summary>
public enum TokenizerKind
{
    /// <summary>WordPiece with a <c>vocab.txt</c>, as BERT and its descendants have it.</summary>
    WordPiece,

    /// <summary>Byte-level BPE with <c>vocab.json</c> and <c>merges.txt</c>, as GPT-2 and RoBERTa have it.</summary>
    BytePair,

    /// <summary>
    /// SentencePiece with a <c>.model</c> file of type Unigram or BPE. XLM-R and others from fairseq number their tokens otherwise than their
    /// <c>.model</c> does: take their <c>tokenizer.json</c>.
    /// </summary>
    SentencePiece,

    /// <summary>A <c>tokenizer.json</c> of Hugging Face that describes BERT's WordPiece, byte-level BPE or Unigram; what else it asks for is refused by name.</summary>
    HuggingFace,
}
