using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Runs the frozen steps of a chain once, for callers who keep nothing but what they give.</summary>
internal static class FrozenRows
{
    /// <summary>The rows behind the frozen steps; those that cannot be used are left out and reported.</summary>
    public static Table Read(PipelineDefinition definition, IDataView rows, StepBuild build)
    {
        var chain = ChainModel.Fit(ChainModel.Frozen(definition), rows, build);
        using var extractors = new Extractors(chain);
        return TableReader.Read(chain.Transform(rows), build.Services.Cancellation);
    }
}
