namespace Microsoft.ML;

/// <summary>The transforms, most of them as extension methods.</summary>
public sealed class TransformsCatalog
{
    internal TransformsCatalog(MLContext context)
    {
        Context = context;
        Categorical = new CategoricalTransforms(this);
        Conversion = new ConversionTransforms(this);
        Text = new TextTransforms(this);
        FeatureSelection = new FeatureSelectionTransforms(this);
    }

    public CategoricalTransforms Categorical { get; }

    public ConversionTransforms Conversion { get; }

    public TextTransforms Text { get; }

    public FeatureSelectionTransforms FeatureSelection { get; }

    internal MLContext Context { get; }

    /// <summary>Transforms of categories.</summary>
    public sealed class CategoricalTransforms
    {
        internal CategoricalTransforms(TransformsCatalog owner)
        {
            Context = owner.Context;
        }

        internal MLContext Context { get; }
    }

    /// <summary>Transforms from one type to another.</summary>
    public sealed class ConversionTransforms
    {
        internal ConversionTransforms(TransformsCatalog owner)
        {
            Context = owner.Context;
        }

        internal MLContext Context { get; }
    }

    /// <summary>Transforms of text.</summary>
    public sealed class TextTransforms
    {
        internal TextTransforms(TransformsCatalog owner)
        {
            Context = owner.Context;
        }

        internal MLContext Context { get; }
    }

    /// <summary>Transforms that keep the features that matter.</summary>
    public sealed class FeatureSelectionTransforms
    {
        internal FeatureSelectionTransforms(TransformsCatalog owner)
        {
            Context = owner.Context;
        }

        internal MLContext Context { get; }
    }
}
