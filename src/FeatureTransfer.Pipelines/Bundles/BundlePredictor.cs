using System.Collections.Concurrent;
using FeatureTransfer.Extraction.Sessions;
using FeatureTransfer.Inputs;
using FeatureTransfer.Pipelines.Running;

namespace FeatureTransfer.Pipelines.Bundles;

/// <summary>Answers for one image or text at a time, for many callers: bound rows are pooled, and so many work at once as there are cores.</summary>
internal sealed class BundlePredictor(string path, ITransformer model, IReadOnlyList<string> columns, TaskRules rules, string? textColumn = null, string? features = null) : IDisposable
{
    private readonly UseCount _uses = new(nameof(Bundle));
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private readonly ConcurrentBag<BundleRow> _forPaths = [];
    private readonly ConcurrentBag<BundleRow> _forBytes = [];

    /// <summary>The answer for a text, where a column of texts is all that the chain reads.</summary>
    public Prediction Predict(string text, CancellationToken cancellationToken) => Predict(InputValue.FromText(text).Name, null, text, cancellationToken);

    /// <summary>The answer for an image: a path, or bytes with a name.</summary>
    public Prediction Predict(string name, ReadOnlyMemory<byte>? encoded, CancellationToken cancellationToken) => Predict(name, encoded, "", cancellationToken);

    /// <summary>As <see cref="Predict(string, ReadOnlyMemory{byte}?, CancellationToken)"/>; waiting for a core holds no thread.</summary>
    public async Task<Prediction> PredictAsync(string name, ReadOnlyMemory<byte>? encoded, CancellationToken cancellationToken)
    {
        using var use = _uses.Enter();
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Answer(name, encoded, ""), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The answer by the rules of the task. Scores that are no numbers are ML.NET's transforms' word for an image that they cannot decode.</summary>
    public static Prediction AnswerOf(string input, TaskRules rules, RowScore score) => Array.TrueForAll(score.Scores, float.IsNaN)
        ? new Prediction { Input = input, Error = "the image cannot be decoded" }
        : rules.Answer(input, score) with { Features = score.Features };

    /// <summary>Whether single images in memory, or texts, can be asked about: a chain may have steps that single rows cannot pass.</summary>
    public bool Binds(bool encoded)
    {
        try
        {
            (encoded ? _forBytes : _forPaths).Add(Bind(encoded));
            return true;
        }
        catch (FeatureTransferException)
        {
            return false;
        }
    }

    /// <summary>Waits for those who are waiting for an answer; nobody comes after.</summary>
    public void Dispose()
    {
        _uses.Close();
        _places.Dispose();
    }

    private Prediction Predict(string name, ReadOnlyMemory<byte>? encoded, string text, CancellationToken cancellationToken)
    {
        using var use = _uses.Enter();
        _places.Wait(cancellationToken);
        try
        {
            return Answer(name, encoded, text);
        }
        finally
        {
            _places.Release();
        }
    }

    private Prediction Answer(string name, ReadOnlyMemory<byte>? encoded, string text)
    {
        var pool = encoded is null ? _forPaths : _forBytes;
        var row = pool.TryTake(out var used) ? used : Bind(encoded is not null);
        try
        {
            return AnswerOf(name, rules, row.Score(name, encoded ?? default, text));
        }
        catch (BadInputException exception)
        {
            return new Prediction { Input = name, Error = exception.Reason };
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Prediction { Input = name, Error = "there is no such file" };
        }
        finally
        {
            pool.Add(row);
        }
    }

    private BundleRow Bind(bool encoded)
    {
        try
        {
            return new BundleRow(model, columns, encoded, textColumn, rules.Limits?.Unknown?.Column, features);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new FeatureTransferException(
                $"{path}: the bundle cannot predict for single {(encoded ? "images in memory" : "files")}: its chain reads other columns too, or columns of another kind ({exception.Message}). Transform rows that have them with Bundle.Model.",
                exception);
        }
    }
}
