using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>A chain in a model file: its scopes and its parts.</summary>
internal static class ChainFormat
{
    public const string Kind = "chain";

    public static void Save(ModelSaveContext ctx, IReadOnlyList<ITransformer> transformers, IReadOnlyList<TransformerScope> scopes)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.Write(transformers.Count);
        for (int i = 0; i < transformers.Count; i++)
        {
            ctx.Writer.Write((int)scopes[i]);
            ctx.Save(transformers[i]);
        }
    }

    public static TransformerChain<ITransformer> Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        int count = ctx.Reader.ReadInt32();
        var scopes = new TransformerScope[count];
        var transformers = new ITransformer[count];
        for (int i = 0; i < count; i++)
        {
            scopes[i] = (TransformerScope)ctx.Reader.ReadInt32();
            transformers[i] = ctx.Load<ITransformer>();
        }
        return new(transformers, scopes);
    }
}
