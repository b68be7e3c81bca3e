using System.Text.Json;
using System.Text.Json.Nodes;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Running;

/// <summary>Judges candidates by cross-validation on the first of the training rows.</summary>
internal sealed class Trials(SearchOptions search, TrainingRows rows, TrialJournal journal, FeatureTransferServices services)
{
    private readonly FrozenTables _tables = new(rows);

    /// <summary>The seconds of all trials so far, those of an earlier run among them.</summary>
    public double Seconds { get; private set; }

    /// <summary>How many were taken from an earlier run.</summary>
    public int Resumed { get; private set; }

    /// <summary>Judges a candidate, unless an earlier run has.</summary>
    public SearchTrial Judge(Candidate candidate, int round, int count)
    {
        var definition = candidate.Definition! with { Split = candidate.Definition!.Split with { Folds = search.Folds, Repeats = 1 } };
        var trial = new SearchTrial { Number = candidate.Number, Options = Options(candidate), Round = round, Rows = count };
        var key = journal.Key(definition, count);
        if (journal.Find(key) is { } known)
        {
            Resumed++;
            return Finished(trial, known);
        }

        var began = services.Clock.GetTimestamp();
        try
        {
            var result = Validate(definition, count);
            return Finished(trial, journal.Add(new JournalLine(
                key,
                count,
                services.Clock.GetElapsedTime(began).TotalSeconds,
                [.. candidate.Values.Select(value => KeyValuePair.Create(value.Option.Option.Path, JsonNode.Parse(value.Json)))],
                [.. result.Folds.Select(fold => new JournalFold(fold.Repeat, fold.Fold, fold.TrainRows, fold.TestRows, fold.Metrics))])));
        }
        catch (FeatureTransferException exception)
        {
            // Others may still be judged.
            var seconds = services.Clock.GetElapsedTime(began).TotalSeconds;
            Seconds += seconds;
            return trial with { Error = exception.Message, Seconds = seconds };
        }
    }

    private SearchTrial Finished(SearchTrial trial, JournalLine line)
    {
        Seconds += line.Seconds;
        return trial with { Seconds = line.Seconds, CrossValidation = line.Result() };
    }

    private CrossValidationResult Validate(PipelineDefinition definition, int count)
    {
        var quiet = services with { Progress = null, Rejected = new RejectedRowCollector() };
        var build = new StepBuild(new MLContext(definition.Seed), quiet, definition.BaseFolder) { Task = definition.Task, Seed = definition.Seed };
        var images = new TrainingImages(definition, rows.Source, services.Cancellation);
        var table = FiniteRows.Of(definition, UsableImages.Of(definition, _tables.Read(definition, count, build), images, build), quiet.Rejected);
        var checkpoints = new RunCheckpoints(definition);
        var crossValidation = new CrossValidation(definition, build, checkpoints, images);
        crossValidation.Run(rows.Rules, table, services.Cancellation);
        checkpoints.Delete();
        return crossValidation.Result!;
    }

    // In the order of the pipeline's file.
    private Dictionary<string, JsonElement> Options(Candidate candidate) => search.Options
        .Join(candidate.Values, option => option.Path, value => value.Option.Option.Path, (_, value) => value)
        .ToDictionary(value => value.Option.Option.Path, value => JsonSerializer.Deserialize<JsonElement>(value.Json), StringComparer.Ordinal);
}
