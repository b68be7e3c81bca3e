using FeatureTransfer.Diagnostics;
using FeatureTransfer.Pipelines.Data;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Probes what features tell of columns, with and without what mitigates it.</summary>
/// <param name="definition">The pipeline.</param>
/// <param name="rules">The task, with the labels known.</param>
/// <param name="train">The rows to train on.</param>
/// <param name="test">The rows that judge.</param>
/// <param name="build">What building steps needs.</param>
internal sealed class ProbeRun(PipelineDefinition definition, TaskRules rules, Table train, Table test, StepBuild build)
{
    // A probe chooses its regularization in folds of folds.
    private const int MostRows = 1000;
    private const string Plain = "as they are";
    private const string Weight = "FeatureTransfer.GroupWeight";

    private readonly string _features = TargetFaults.FeatureColumn(definition);

    /// <summary>The reports, one a column that is asked for.</summary>
    public IReadOnlyList<ProbeReport> Run() => [.. definition.Evaluation.Probe.Select(Run)];

    /// <summary>What can be known to be wrong before any data move.</summary>
    public static IEnumerable<ChainFault> Faults(PipelineDefinition definition)
    {
        if (definition.Evaluation.Probe.Count == 0)
            yield break;
        if (definition.Task is not (PipelineTask.Multiclass or PipelineTask.Binary))
            yield return new ChainFault("$.evaluation.probe", $"chains are compared by how many rows are right, and the task is {TaskFault.Name(definition.Task)}. Leave it out");
        foreach (var fault in Slicing.UnknownColumns(definition, definition.Evaluation.Probe, "probe"))
            yield return fault;
        if (TargetFaults.MissingFeatures(definition) is { } column)
            yield return new ChainFault("$.evaluation.probe", $"features are probed, and no step before the first that learns gives the column \"{column}\". Put ExtractFeatures, or a Concatenate with that output, before it");
    }

    private ProbeReport Run(string column)
    {
        var plain = Without(column);
        var erase = new EraseConceptStep { ConceptColumn = column, FeatureColumn = _features, Output = _features };
        var asTheyAre = Probe(column, train);
        List<ProbedChain> candidates = [Judge(Plain, column, plain, asTheyAre)];
        var erased = TableReader.Read(ChainModel.Fit([erase], train, build).Transform(train), build.Services.Cancellation);
        candidates.Add(Judge("EraseConcept", column, [erase, .. plain], Probe(column, erased)));
        if (plain.Any(step => step is WeightedTrainerStep))
        {
            var weights = new ClassWeightsStep { Output = Weight, LabelColumn = definition.Evaluation.LabelColumn, GroupColumn = column };
            candidates.Add(Judge("ClassWeights", column, [weights, .. plain.Select(step => step is WeightedTrainerStep trainer ? trainer with { ExampleWeightColumn = Weight } : step)], asTheyAre));
        }

        return new ProbeReport(column, asTheyAre.Values, asTheyAre.Rows, asTheyAre.Chance, candidates);
    }

    // The steps that learn, less those that mitigate this already.
    private IReadOnlyList<PipelineStep> Without(string column)
    {
        var weights = definition.Estimators.OfType<ClassWeightsStep>().FirstOrDefault(step => step.GroupColumn == column);
        return
        [
            .. ChainModel.Trained(definition)
                .Where(step => step != weights && !(step is EraseConceptStep erase && erase.ConceptColumn == column))
                .Select(step => step is WeightedTrainerStep trainer && weights is not null && trainer.ExampleWeightColumn == weights.Output ? trainer with { ExampleWeightColumn = null } : step),
        ];
    }

    private ConceptProbe Probe(string column, Table rows)
    {
        var order = Enumerable.Range(0, rows.Count).ToArray();
        new Random(definition.Seed).Shuffle(order);
        var some = rows.Select([.. order.Take(MostRows).Order()]);
        try
        {
            return ConceptProbe.Of(some.Vectors(_features), some.Text(column)!, definition.Seed, build.Services.Cancellation);
        }
        catch (ArgumentException exception)
        {
            throw new FeatureTransferException($"{definition.Name}: $.evaluation.probe: the column \"{column}\" of the training rows cannot be probed: {exception.Message}", exception);
        }
    }

    private ProbedChain Judge(string name, string column, IReadOnlyList<PipelineStep> chain, ConceptProbe probe)
    {
        var told = new ProbedChain(name, probe.Accuracy, Interval.OfShare(probe.Accuracy, probe.Rows), null, null);
        if (test.Count == 0)
            return told;
        var model = ChainModel.Fit(chain, rules.Typed(train, definition.Evaluation.LabelColumn), build with { Context = new MLContext(definition.Seed) });
        using var parts = new ModelParts(model);
        var scored = ChainModel.Score(model, test);
        var result = rules.Complete(scored).Judge(scored, ChainModel.Inputs(test), LabelTexts.Of(definition, test));
        return told with { Accuracy = result.Predictions.Average(row => row.Label == row.Predicted ? 1.0 : 0), Slices = SliceReport.Of(column, result.Predictions, test.Text(column)!, Slicing.Labels(result)) };
    }
}
