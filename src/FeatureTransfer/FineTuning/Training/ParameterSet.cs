namespace FeatureTransfer.FineTuning;

/// <summary>All weights that learn at some time, with what the optimizer remembers of them, and the statistics that move with them.</summary>
internal sealed class ParameterSet : IDisposable
{
    private readonly Dictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);
    private readonly TuningModel _model;
    private readonly bool _batchStatistics;

    public ParameterSet(TuningModel model, FineTuneOptions options, IReadOnlyList<TrainableWeight> weights)
    {
        (_model, _batchStatistics) = (model, options.BatchStatistics);
        var initializers = Initializers.ByName(model.Model.Proto.Graph);
        foreach (var weight in weights.DistinctBy(weight => weight.Name))
        {
            _parameters[weight.Name] = new Parameter(weight.Name, weight.Shape, Initializers.Values(initializers[weight.Name]))
            {
                LearningRateFactor = LearningRates.Factor(options, weight.Name, weight.Depth),
            };
        }

        // No gradient moves these, but all else that is done to weights is done to them too: they are kept, averaged and put back.
        foreach (var (name, length) in Statistics(weights))
            _parameters[name] = new Parameter(name, [length], Initializers.Values(initializers[name]));
        DomainClassifier = DomainClassifierWeights.Create(options, model.FeatureLength);
        foreach (var parameter in DomainClassifier)
            _parameters[parameter.Name] = parameter;
    }

    /// <summary>The weights that tell domains apart while the backbone learns, and are no part of the model; none unless it learns against them.</summary>
    public IReadOnlyList<Parameter> DomainClassifier { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<Parameter> All => _parameters.Values;

    /// <summary>Those of a phase, in its order.</summary>
    public IReadOnlyList<Parameter> Of(TuningPhase phase) => [.. phase.Weights.Select(weight => _parameters[weight.Name])];

    /// <summary>The stored statistics that move while a phase learns; none unless batches are normalized by their own.</summary>
    public IReadOnlyList<Parameter> StatisticsOf(TuningPhase phase) => [.. Statistics(phase.Weights).Select(statistic => _parameters[statistic.Name])];

    /// <summary>The values that changed in this stage, as they would be kept now: averages where there are some.</summary>
    /// <param name="old">A snapshot that nobody needs any more, whose memory may be used again. Default none.</param>
    public Dictionary<string, float[]> Snapshot(Dictionary<string, float[]>? old = null)
    {
        var snapshot = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var parameter in _parameters.Values.Where(parameter => parameter.Steps > 0))
        {
            var values = old?.GetValueOrDefault(parameter.Name) ?? LargeArray.Allocate<float>(parameter.Values.Length);
            (parameter.Average ?? parameter.Values).CopyTo(values, 0);
            snapshot.Add(parameter.Name, values);
        }

        return snapshot;
    }

    /// <summary>Puts values back, and forgets averages and what the optimizer remembers.</summary>
    public void Restore(IReadOnlyDictionary<string, float[]> values)
    {
        foreach (var parameter in _parameters.Values)
        {
            if (values.TryGetValue(parameter.Name, out var kept))
                kept.CopyTo(parameter.Values, 0);
            (parameter.Average, parameter.State, parameter.Steps) = (null, [], 0);
        }
    }

    public void Dispose()
    {
        foreach (var parameter in _parameters.Values)
            parameter.Dispose();
    }

    private IReadOnlyList<(string Name, int Length)> Statistics(IEnumerable<TrainableWeight> weights) => _batchStatistics ? NormalizationStatistics.Find(_model, weights) : [];
}
