using System.Globalization;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Bundles;
using FeatureTransfer.Server.Models;
using FeatureTransfer.Server.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FeatureTransfer.Server.Requests;

/// <summary>Answers requests with the model of the moment.</summary>
internal sealed class ModelRequests(ModelHost host, BodyReader bodies, ServerMetrics metrics, ILogger<ModelRequests> log)
{
    private readonly FeatureTransferServerOptions _options = host.Options;

    /// <summary><c>POST /predict</c>.</summary>
    public Task<IResult> PredictAsync(HttpContext context) => MeasureAsync(context, "predict", model =>
    {
        var form = new AnswerForm(model.Bundle, Top(context.Request.Query["top"], model.Bundle));
        return new Question<Prediction>(model.Predictions, (prediction, name) => new Reply(form.Of(prediction, name), prediction.Error));
    });

    /// <summary><c>POST /embed</c>.</summary>
    public Task<IResult> EmbedAsync(HttpContext context) => MeasureAsync(context, "embed", model =>
    {
        var queue = model.Features ?? throw new RefusedException(404, "The model has no frozen backbone whose features could be given.", "no features");
        return new Question<ItemFeatures>(queue, (features, name) => new Reply(new Features(name, features.Values, features.Error), features.Error));
    });

    /// <summary><c>GET /model</c>.</summary>
    public IResult Describe()
    {
        using (host.Enter(out var model))
            return ServerJson.Ok(ModelDescription.Of(model));
    }

    private async Task<IResult> MeasureAsync<TResult>(HttpContext context, string endpoint, Func<ServedBundle, Question<TResult>> question)
    {
        var start = _options.Clock.GetTimestamp();
        using var activity = ServerMetrics.Activities.StartActivity($"featuretransfer.{endpoint}");
        var result = await AnswerOrProblemAsync(context, question).ConfigureAwait(false);
        metrics.Answered(endpoint, (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK, _options.Clock.GetElapsedTime(start));
        return result;
    }

    private async Task<IResult> AnswerOrProblemAsync<TResult>(HttpContext context, Func<ServedBundle, Question<TResult>> question)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _options.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            using var room = bodies.Reserve(context.Request);
            var body = await bodies.ReadAsync(context.Request, limit.Token).ConfigureAwait(false);
            return await AnswerAsync(context.Request, body, question, limit.Token).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return Problem(refused.Status, refused.Message, refused.Reason, refused.RetryAfter);
        }
        catch (BadHttpRequestException bad)
        {
            return Problem(bad.StatusCode, bad.Message, "http");
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            return Problem(StatusCodes.Status400BadRequest, "The connection ended before the answer.", "gone");
        }
        catch (OperationCanceledException)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, string.Create(CultureInfo.InvariantCulture, $"There was no answer within {_options.RequestTimeout.TotalSeconds} seconds."), "time-out", 1);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "A request failed");
            return Problem(StatusCodes.Status500InternalServerError, "The server failed; its log says why.", "fault");
        }
    }

    private async Task<IResult> AnswerAsync<TResult>(HttpRequest http, ReadOnlyMemory<byte> body, Func<ServedBundle, Question<TResult>> question, CancellationToken cancellationToken)
    {
        using var use = new ModelUse(host);
        var (queue, form) = question(use.Model);
        var request = await RequestReader.ReadAsync(http, body, new ItemFields(use.Model.Items.Columns), _options, cancellationToken).ConfigureAwait(false);
        var good = request.Items.Select(item => item.Item).OfType<BundleItem>().ToList();
        var tasks = queue.TryAdd(good, cancellationToken)
            ?? throw RefusedException.Busy($"{_options.MaxQueuedItems} items wait already, or too few places are left.", queue.SecondsUntilRoom());
        var answers = await use.UntilAsync(Task.WhenAll(tasks), cancellationToken).ConfigureAwait(false);
        var next = 0;
        var replies = request.Items.Select(item => item.Error is { } error ? new Reply(new Answer { Input = item.Name, Error = error }, error) : form(answers[next++], item.Name)).ToList();
        return request.IsList ? ServerJson.Ok(replies.Select(reply => reply.Value))
            : replies[0].Error is { } only ? Problem(StatusCodes.Status400BadRequest, only, "bad input")
            : ServerJson.Ok(replies[0].Value);
    }

    private ProblemResult Problem(int status, string detail, string reason, int? retryAfter = null)
    {
        metrics.Rejected(reason);
        return new ProblemResult(status, detail, retryAfter);
    }

    private static int? Top(string? text, Bundle bundle)
    {
        if (text is null)
            return null;
        if (bundle.Labels.Count == 0)
            throw RefusedException.Malformed("The answers are numbers and have no labels: leave top out.");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top >= 1 ? top : throw RefusedException.Malformed("top is the number of labels wanted, 1 or more.");
    }
}
