using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;
using FeatureTransfer.Splits;
using FeatureTransfer.Variants;
using Microsoft.ML.Data;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>The frozen steps with backbones whose batch normalizations have means and variances of the target's images.</summary>
internal static class NormalizedBackbones
{
    // All are in memory at once.
    private const int MostImages = 64;

    /// <summary>Whether a step may be one that has such a backbone: it reads images by their paths.</summary>
    public static bool Reads(PipelineStep step) => step is ExtractFeaturesStep { Input: DataSource.PathColumn };

    /// <summary>Makes the steps, and runs them over the rows of the target that judge.</summary>
    /// <param name="definition">The pipeline.</param>
    /// <param name="tables">The target.</param>
    /// <param name="split">The rows of the target's table whose images are looked at, and those that judge.</param>
    /// <param name="build">What building steps needs.</param>
    /// <exception cref="FeatureTransferException">No backbone takes images, or one has no batch normalization that stands for itself.</exception>
    public static (TransformerChain<ITransformer> Frozen, Table Target) Extract(PipelineDefinition definition, DomainTables tables, SplitRows split, StepBuild build)
    {
        var looked = Places(split.Train);

        // The first reading has reported what cannot be used.
        build = build with { Services = build.Services with { Rejected = new RejectedRowCollector() } };
        var images = tables.TargetRows.Images([.. BackboneVariants.Spread(looked, MostImages)], build.Services.Rejected, build.Services.Cancellation).ToList();
        var folder = Directory.CreateTempSubdirectory("ft-adabn-");
        try
        {
            PipelineStep[] steps = [.. ChainModel.Frozen(definition).Select((step, place) => Adapted(step, images, Path.Combine(folder.FullName, $"{place}"), build))];
            if (steps.SequenceEqual(ChainModel.Frozen(definition)))
                throw new FeatureTransferException($"{definition.Name}: $.target.models: adaBN is for backbones that take images, and the chain has none. Leave it out.");
            var judged = Places(split.Test);
            var view = tables.TargetRows.Select(judged).ToView(SourceRows.Numbered(tables.TargetRows.ToTable()).Select(judged), build.Services.Rejected, build.Services.Cancellation);
            var frozen = ChainModel.Fit(steps, view, build);
            return (frozen, FiniteRows.Of(definition, TableReader.Read(frozen.Transform(view), build.Services.Cancellation), build.Services.Rejected));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        int[] Places(IReadOnlyList<int> rows) => [.. (tables.TargetRows.Positions(tables.Target.Select(rows)) ?? throw new FeatureTransferException($"{definition.Name}: adaBN cannot tell which images the target's rows are, for SelectColumns left their numbers out. Use DropColumns.")).Order()];
    }

    private static PipelineStep Adapted(PipelineStep step, IReadOnlyList<InputValue> images, string folder, StepBuild build)
    {
        if (step is not ExtractFeaturesStep extract || !Reads(step) || build.Services.Catalog.Get(build.ResolveBackbone(extract.Backbone)) is not { Modality: Modality.Image } card)
            return step;
        Directory.CreateDirectory(folder);
        var backbone = build.Services.Backbones.Open(card, build.Services.Cancellation);
        return extract with { Backbone = BackboneVariants.AdaptInto(backbone, build.PreprocessingOf(extract.Backbone, extract.Preprocessing, extract.Text), images, folder, build.Services.Cancellation) };
    }
}
