using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpPeer;

/// <summary>MiniLM (Wang et al. 2020, arXiv:2002.10957): BERT of six layers and 384 wide, in the part that is frozen and the part that learns.</summary>
internal static class TextEncoder
{
    private const int Layers = 6, Width = 384;

    /// <summary>The first layers, and the others with a linear head on the mean over the words.</summary>
    public static (Module<Tensor, Tensor>? Frozen, Module<Tensor, Tensor> Learning) Of(int classes, int frozen)
    {
        List<Module<Tensor, Tensor>> layers = [new Embeddings(Width), .. Enumerable.Range(0, Layers).Select(_ => new EncoderLayer(Width))];
        Module<Tensor, Tensor>[] head = [new MeanOverWords(), Linear(Width, classes)];
        return frozen == 0 ? (null, Sequential([.. layers, .. head])) : (Sequential(layers[..(frozen + 1)]), Sequential([.. layers[(frozen + 1)..], .. head]));
    }

    private sealed class Embeddings : Module<Tensor, Tensor>
    {
        private const int Words = 30522, Places = 512, Kinds = 2;
        private readonly Embedding _words, _places, _kinds;
        private readonly LayerNorm _norm;

        public Embeddings(int width)
            : base(nameof(Embeddings))
        {
            (_words, _places, _kinds, _norm) = (Embedding(Words, width), Embedding(Places, width), Embedding(Kinds, width), LayerNorm(width, 1e-12));
            RegisterComponents();
        }

        public override Tensor forward(Tensor ids) => _norm.forward(_words.forward(ids) + _kinds.forward(zeros_like(ids)) + _places.forward(arange(ids.shape[1], dtype: ScalarType.Int64)));
    }

    private sealed class EncoderLayer : Module<Tensor, Tensor>
    {
        private const int Heads = 12, Inner = 1536;
        private readonly Linear _query, _key, _value, _output, _inner, _outer;
        private readonly LayerNorm _attentionNorm, _norm;

        public EncoderLayer(int width)
            : base(nameof(EncoderLayer))
        {
            (_query, _key, _value, _output) = (Linear(width, width), Linear(width, width), Linear(width, width), Linear(width, width));
            (_inner, _outer) = (Linear(width, Inner), Linear(Inner, width));
            (_attentionNorm, _norm) = (LayerNorm(width, 1e-12), LayerNorm(width, 1e-12));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            x = _attentionNorm.forward(x + _output.forward(Attended(x)));
            return _norm.forward(x + _outer.forward(functional.gelu(_inner.forward(x))));
        }

        // A mask as for padding, though every token counts.
        private Tensor Attended(Tensor x)
        {
            var mask = zeros(x.shape[0], 1, 1, x.shape[1]);
            var read = functional.scaled_dot_product_attention(Split(_query.forward(x)), Split(_key.forward(x)), Split(_value.forward(x)), mask);
            return read.transpose(1, 2).reshape(x.shape);
        }

        private static Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], Heads, x.shape[2] / Heads).transpose(1, 2);
    }

    private sealed class MeanOverWords() : Module<Tensor, Tensor>(nameof(MeanOverWords))
    {
        public override Tensor forward(Tensor x) => x.mean([1]);
    }
}
