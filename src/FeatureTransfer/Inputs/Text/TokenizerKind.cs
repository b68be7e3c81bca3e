namespace FeatureTransfer.Inputs.Text;

/// <summary>How text becomes tokens.</summary>
public enum TokenizerKind
{
    /// <summary>WordPiece with a <c>vocab.txt</c>, as BERT and its descendants have it.</summary>
    WordPiece,

    /// <summary>Byte-level BPE with <c>vocab.json</c> and <c>merges.txt</c>, as GPT-2 and RoBERTa have it.</summary>
    BytePair,

    /// <summary>SentencePiece with a <c>.model</c> file.</summary>
    SentencePiece,

    /// <summary>A <c>tokenizer.json</c> of Hugging Face, which is one of the others.</summary>
    HuggingFace,
}
