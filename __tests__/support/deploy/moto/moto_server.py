"""moto_server with the updates of API Gateway, SQS, Lambda, S3 and CloudWatch Logs that moto 5.2 lacks or gets wrong.

Usage: python3 moto_server.py -H 127.0.0.1 -p PORT

Terraform creates a resource, reads it back, and later changes it in place. Stock moto serves the first step well, but
has no update for most parts of a REST API, and reads some attributes back in another form than AWS does. An apply then
fails, or the plan after it is never empty. Each section mends one such gap and says which one.

Left out: importing a REST API from OpenAPI, updates of VPC links, limits of a usage plan for single methods.
"""

import json
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from moto.apigateway import urls as apigateway_urls
from moto.apigateway.exceptions import (
    BadRequestException,
    ConflictException,
    NoIntegrationDefined,
    NotFoundException,
    StageStillActive,
)
from moto.apigateway.models import (
    APIGatewayBackend,
    Deployment,
    IntegrationResponse,
    Method,
    MethodResponse,
    RestAPI,
    Stage,
    UsagePlan,
    apigateway_backends,
)
from moto.apigateway.responses import APIGatewayResponse
from moto.awslambda.models import EventSourceMapping
from moto.core.common_models import CloudFormationModel
from moto.core.responses import BaseResponse
from moto.cloudwatch.models import cloudwatch_backends
from moto.logs.responses import LogsResponse
from moto.resourcegroupstaggingapi.models import ResourceGroupsTaggingAPIBackend
from moto.s3.models import FakeBucket
from moto.server import main
from moto.sqs.models import Queue, SQSBackend

PatchOperation = dict[str, Any]
Conversion = Callable[[Any], Any]


# --- Patch operations, the form in which API Gateway takes every update ---------------------------------------------


def is_true(value: str) -> bool:
    return value == "true"


def pointer_segments(pointer: str) -> list[str]:
    """Splits a JSON pointer; in its segments `~1` stands for a slash and `~0` for a tilde."""
    return [unquote(segment).replace("~1", "/").replace("~0", "~") for segment in pointer.split("/")[1:]]


def apply_patch(
    target: Any,
    operations: list[PatchOperation],
    *,
    scalars: dict[str, tuple[str, Conversion]] | None = None,
    maps: dict[str, str] | None = None,
    lists: dict[str, str] | None = None,
) -> None:
    """Applies patch operations to a moto model; the tables map API Gateway's property names to the model's attributes."""
    for operation in operations:
        name, *rest = pointer_segments(operation["path"])
        if name in (scalars or {}):
            patch_scalar(target, *scalars[name], operation)
        elif name in (maps or {}):
            patch_map(target, maps[name], "/".join(rest), operation)
        elif name in (lists or {}):
            patch_list(target, lists[name], rest, operation)


def patch_scalar(target: Any, attribute: str, convert: Conversion, operation: PatchOperation) -> None:
    value = operation.get("value")
    setattr(target, attribute, None if operation["op"] == "remove" or value is None else convert(value))


def patch_map(target: Any, attribute: str, key: str, operation: PatchOperation) -> None:
    entries = dict(getattr(target, attribute) or {})
    if operation["op"] == "remove":
        entries.pop(key, None)
    else:
        value = operation.get("value")
        # Parameters are declared by a boolean, which a patch carries as text.
        is_flag = attribute.endswith("parameters") and value in ("true", "false")
        entries[key] = is_true(value) if is_flag else value
    setattr(target, attribute, entries)


def patch_list(target: Any, attribute: str, rest: list[str], operation: PatchOperation) -> None:
    items = list(getattr(target, attribute) or [])
    item = rest[0] if rest else operation.get("value")
    if operation["op"] == "remove":
        items = [other for other in items if other != item]
    elif operation["op"] == "replace" and not rest:
        items = [item]
    elif item not in items:
        items.append(item)
    setattr(target, attribute, items)


# --- Failures of the emulator itself ---------------------------------------------------------------------------------


stock_call_action = BaseResponse.call_action


def call_action(request: BaseResponse) -> Any:
    """Stock moto answers 500 to what it can't do, which the AWS provider retries for minutes; 400 fails at once."""
    try:
        return stock_call_action(request)
    except Exception:
        return 400, {}, json.dumps({"__type": "EmulatorFailure", "message": traceback.format_exc()})


BaseResponse.call_action = call_action


# --- API Gateway: PATCH of the parts of a REST API, which stock moto does not have ----------------------------------
#
# A path is /restapis/{api}/resources/{resource}/methods/{method}/responses/{status}, or with /integration before
# /responses; moto's handlers pick what they need by position.


def patch_operations(request: APIGatewayResponse) -> list[PatchOperation]:
    return request._get_param("patchOperations") or []


stock_get_integration = APIGatewayBackend.get_integration


def get_integration(backend: APIGatewayBackend, *address: str) -> Any:
    """An integration that was deleted is not found; stock moto finds an empty one, and fails on its responses."""
    integration = stock_get_integration(backend, *address)
    if integration is None:
        raise NoIntegrationDefined
    return integration


APIGatewayBackend.get_integration = get_integration


def update_resource(request: APIGatewayResponse) -> str:
    _, _, api, _, resource = request.path.split("/")
    model = request.backend.get_resource(api, resource)
    apply_patch(
        model,
        patch_operations(request),
        scalars={"pathPart": ("path_part", str), "parentId": ("parent_id", str)},
    )
    return json.dumps(model.to_dict())


def update_model(request: APIGatewayResponse) -> str:
    _, _, api, _, name = request.path.split("/")
    model = request.backend.get_model(api, name)
    apply_patch(
        model,
        patch_operations(request),
        scalars={"schema": ("schema", str), "description": ("description", str)},
    )
    return json.dumps(model.to_json())


def update_method(request: APIGatewayResponse) -> str:
    _, _, api, _, resource, _, method = request.path.split("/")
    model = request.backend.get_method(api, resource, method)
    apply_patch(
        model,
        patch_operations(request),
        scalars={
            "authorizationType": ("authorization_type", str),
            "authorizerId": ("authorizer_id", str),
            "apiKeyRequired": ("api_key_required", is_true),
            "operationName": ("operation_name", str),
            "requestValidatorId": ("request_validator_id", str),
        },
        maps={"requestParameters": "request_parameters", "requestModels": "request_models"},
        lists={"authorizationScopes": "authorization_scopes"},
    )
    return json.dumps(model.to_json())


def update_method_response(request: APIGatewayResponse) -> tuple[int, dict[str, Any], str]:
    _, _, api, _, resource, _, method, _, status = request.path.split("/")
    model = request.backend.get_method_response(api, resource, method, status)
    apply_patch(
        model,
        patch_operations(request),
        maps={"responseParameters": "response_parameters", "responseModels": "response_models"},
    )
    return 201, {"status": 201}, json.dumps(model.to_json())


def update_integration(request: APIGatewayResponse) -> str:
    _, _, api, _, resource, _, method, _ = request.path.split("/")
    model = request.backend.get_integration(api, resource, method)
    apply_patch(
        model,
        patch_operations(request),
        scalars={
            "uri": ("uri", str),
            "httpMethod": ("http_method", str),
            "credentials": ("credentials", str),
            "passthroughBehavior": ("passthrough_behaviour", str),
            "timeoutInMillis": ("timeout_in_millis", int),
            "contentHandling": ("content_handling", str),
            "connectionType": ("connection_type", str),
            "cacheNamespace": ("cache_namespace", str),
        },
        maps={"requestParameters": "request_parameters", "requestTemplates": "request_templates"},
        lists={"cacheKeyParameters": "cache_key_parameters"},
    )
    return json.dumps(model.to_json())


def update_integration_response(request: APIGatewayResponse) -> str:
    _, _, api, _, resource, _, method, _, _, status = request.path.split("/")
    model = request.backend.get_integration_response(api, resource, method, status)
    apply_patch(
        model,
        patch_operations(request),
        scalars={
            "selectionPattern": ("selection_pattern", str),
            "contentHandling": ("content_handling", str),
        },
        maps={"responseParameters": "response_parameters", "responseTemplates": "response_templates"},
    )
    return json.dumps(model.to_json())


for update in (
    update_resource,
    update_model,
    update_method,
    update_method_response,
    update_integration,
    update_integration_response,
):
    setattr(APIGatewayResponse, update.__name__, update)


# --- API Gateway: responses of a method, where stock moto takes what AWS refuses --------------------------------------


stock_get_method_response = APIGatewayBackend.get_method_response
stock_put_integration_response = APIGatewayBackend.put_integration_response


class NoMethodResponseDefined(NotFoundException):
    code = 404

    def __init__(self) -> None:
        super().__init__("Invalid Response status code specified")


def get_method_response(backend: APIGatewayBackend, *path: str) -> MethodResponse:
    """Stock moto answers nothing, where AWS says that there is no such method response."""
    response = stock_get_method_response(backend, *path)
    if response is None:
        raise NoMethodResponseDefined()
    return response


def put_integration_response(
    backend: APIGatewayBackend, api: str, resource: str, method: str, status: str, pattern: str | None, *rest: Any
) -> IntegrationResponse:
    """AWS selects an integration response by its pattern, and so lets no two of a method have the same."""
    others = backend.get_integration(api, resource, method).integration_responses or {}
    for other_status, other in others.items():
        if other_status != status and (other.selection_pattern or "") == (pattern or ""):
            message = f"Integration response with selection pattern {pattern or 'default'} already exists"
            raise ConflictException(message)
    return stock_put_integration_response(backend, api, resource, method, status, pattern, *rest)


APIGatewayBackend.get_method_response = get_method_response
APIGatewayBackend.put_integration_response = put_integration_response


# --- API Gateway: models, authorizers and validators, which AWS keeps while a method names them ----------------------
#
# The messages about models and authorizers are AWS's. Terraform's provider takes a refusal to delete an authorizer for a success,
# and leaves it behind. That validators are kept alike is assumed, so that the tests hold either way.


stock_delete_model = APIGatewayBackend.delete_model
stock_delete_authorizer = APIGatewayBackend.delete_authorizer
stock_delete_request_validator = APIGatewayBackend.delete_request_validator


def methods_of(backend: APIGatewayBackend, api: str) -> list[tuple[str, Method]]:
    resources = backend.get_rest_api(api).resources.values()
    return [
        (f"{resource.get_path()}/{name}", method)
        for resource in resources
        for name, method in resource.resource_methods.items()
    ]


def delete_model(backend: APIGatewayBackend, api: str, name: str) -> None:
    for path, method in methods_of(backend, api):
        if name in (method.request_models or {}).values():
            raise ConflictException(f"Cannot delete model '{name}', is referenced in method request: {path}")
    stock_delete_model(backend, api, name)


def delete_request_validator(backend: APIGatewayBackend, api: str, validator: str) -> None:
    for path, method in methods_of(backend, api):
        if method.request_validator_id == validator:
            raise ConflictException(f"Cannot delete validator '{validator}', is referenced in method request: {path}")
    stock_delete_request_validator(backend, api, validator)


def delete_authorizer(backend: APIGatewayBackend, restapi_id: str, authorizer_id: str) -> None:
    for path, method in methods_of(backend, restapi_id):
        if method.authorizer_id == authorizer_id:
            raise ConflictException(f"Cannot delete authorizer '{authorizer_id}', is referenced in method: {path}")
    stock_delete_authorizer(backend, restapi_id, authorizer_id)


APIGatewayBackend.delete_model = delete_model
APIGatewayBackend.delete_request_validator = delete_request_validator
APIGatewayBackend.delete_authorizer = delete_authorizer


# --- API Gateway: the REST API itself -------------------------------------------------------------------------------


stock_rest_api_to_dict = RestAPI.to_dict
stock_create_rest_api = APIGatewayResponse.create_rest_api
stock_create_authorizer = APIGatewayResponse.create_authorizer


def rest_api_to_dict(api: RestAPI) -> dict[str, Any]:
    """AWS answers the policy as escaped JSON without the quotes around it; the provider unescapes it."""
    answer = stock_rest_api_to_dict(api)
    if answer.get("policy"):
        answer["policy"] = json.dumps(answer["policy"])[1:-1]
    return answer


def patch_endpoint_configuration(api: RestAPI, operation: PatchOperation) -> None:
    _, name, *_ = pointer_segments(operation["path"])
    if name == "types":
        api.endpoint_configuration["types"] = [operation["value"]]
        return
    endpoint_ids = api.endpoint_configuration.setdefault("vpcEndpointIds", [])
    if operation["op"] == "add":
        endpoint_ids.append(operation["value"])
    else:
        endpoint_ids.remove(operation["value"])


def patch_rest_api(api: RestAPI, operations: list[PatchOperation]) -> None:
    """Stock moto knows few of these, takes "false" for true, and can't remove."""
    for operation in operations:
        if operation["path"].startswith("/endpointConfiguration/"):
            patch_endpoint_configuration(api, operation)
    apply_patch(
        api,
        operations,
        scalars={
            "name": ("name", str),
            "description": ("description", str),
            "apiKeySource": ("api_key_source", str),
            "disableExecuteApiEndpoint": ("disableExecuteApiEndpoint", is_true),
            "policy": ("policy", lambda value: value or None),
            "minimumCompressionSize": (
                "minimum_compression_size",
                lambda value: int(value) if value else None,
            ),
        },
        lists={"binaryMediaTypes": "binaryMediaTypes"},
    )


def create_rest_api(request: APIGatewayResponse) -> tuple[int, dict[str, str], str]:
    """Stock moto drops `binaryMediaTypes`."""
    answer = stock_create_rest_api(request)
    binary_media_types = request._get_param("binaryMediaTypes")
    if answer[0] != 200 or not binary_media_types:
        return answer
    api = request.backend.apis[json.loads(answer[2])["id"]]
    api.binaryMediaTypes = list(binary_media_types)
    return 200, {}, json.dumps(api.to_dict())


def create_authorizer(request: APIGatewayResponse) -> tuple[int, dict[str, Any], str]:
    """Stock moto drops `identityValidationExpression`."""
    answer = stock_create_authorizer(request)
    expression = request._get_param("identityValidationExpression")
    if answer[0] != 201 or not expression:
        return answer
    api = request.path.split("/")[2]
    authorizer = request.backend.get_authorizer(api, json.loads(answer[2])["id"])
    authorizer.identity_validation_expression = expression
    return 201, {"status": 201}, json.dumps(authorizer.to_json())


RestAPI.to_dict = rest_api_to_dict
RestAPI.apply_patch_operations = patch_rest_api
APIGatewayResponse.create_rest_api = create_rest_api
APIGatewayResponse.create_authorizer = create_authorizer


# --- API Gateway: tags, which stock moto knows on stages only -------------------------------------------------------


def tagged_model(request: APIGatewayResponse) -> Any:
    """The model that the request's ARN names: arn:aws:apigateway:us-east-1::/restapis/abc/stages/prod."""
    arn = unquote(request.path.split("/tags/")[1])
    kind, identifier, *rest = arn.split("::")[1].strip("/").split("/")
    backend = request.backend
    if kind == "restapis":
        return backend.get_stage(identifier, rest[1]) if rest else backend.get_rest_api(identifier)
    if kind == "apikeys":
        return backend.keys[identifier]
    if kind == "usageplans":
        return backend.usage_plans[identifier]
    return backend.domain_names[identifier]


def tag_resource(request: APIGatewayResponse) -> tuple[int, dict[str, Any], str]:
    model = tagged_model(request)
    model.tags = {**(model.tags or {}), **(request._get_param("tags") or {})}
    return 204, {"status": 204}, ""


def untag_resource(request: APIGatewayResponse) -> tuple[int, dict[str, Any], str]:
    model = tagged_model(request)
    removed = request.querystring.get("tagKeys") or []
    model.tags = {key: value for key, value in (model.tags or {}).items() if key not in removed}
    return 204, {"status": 204}, ""


APIGatewayResponse.tag_resource = tag_resource
APIGatewayResponse.untag_resource = untag_resource
apigateway_urls.url_paths["{0}/tags/(?P<resourceArn>arn:.+)$"] = APIGatewayResponse.dispatch


# --- API Gateway: limits of usage plans, which stock moto patches as text or rounds, and of stages, which it never removes ---


stock_stage_apply_operations = Stage.apply_operations


def patch_usage_plan(plan: UsagePlan, operations: list[PatchOperation]) -> None:
    apply_patch(
        plan,
        operations,
        scalars={
            "name": ("name", str),
            "description": ("description", str),
            "productCode": ("product_code", str),
        },
    )
    for operation in operations:
        name, *rest = pointer_segments(operation["path"])
        if name == "apiStages":
            patch_api_stages(plan, operation)
        elif name in ("quota", "throttle"):
            patch_limits(plan.quota if name == "quota" else plan.throttle, rest, operation)


def patch_api_stages(plan: UsagePlan, operation: PatchOperation) -> None:
    api, stage = operation["value"].split(":")
    api_stage = {"apiId": api, "stage": stage}
    if operation["op"] == "add":
        plan.api_stages.append(api_stage)
    else:
        plan.api_stages.remove(api_stage)


def patch_limits(limits: dict[str, Any], rest: list[str], operation: PatchOperation) -> None:
    if operation["op"] == "remove":
        limits.clear()
        return
    convert: dict[str, Conversion] = {"period": str, "rateLimit": float}
    limits[rest[0]] = convert.get(rest[0], int)(operation["value"])


def patch_stage(stage: Stage, operations: list[PatchOperation]) -> Stage:
    """Removing `/<path>/<verb>` takes the method settings of that path back."""
    for operation in operations:
        if operation["op"] == "remove":
            stage.method_settings.pop(operation["path"].removeprefix("/"), None)
    return stock_stage_apply_operations(stage, operations)


UsagePlan.apply_patch_operations = patch_usage_plan
Stage.apply_operations = patch_stage


# --- API Gateway: the account in CloudFormation's templates, which stock moto leaves out, and stages that log while the account has
# --- no role for it, which AWS refuses -------------------------------------------------------------------------------------


class AccountInTemplate(CloudFormationModel):
    """`AWS::ApiGateway::Account`. Its deletion empties the role, which is the worst that AWS could do: nobody has said that it does."""

    # moto tells a model's service by its module.
    __module__ = APIGatewayBackend.__module__
    physical_resource_id = "account"

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::ApiGateway::Account"

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: dict[str, Any], account_id: str, region_name: str, **_: Any
    ) -> "AccountInTemplate":
        account = apigateway_backends[account_id][region_name].account
        account.cloudwatch_role_arn = cloudformation_json["Properties"]["CloudWatchRoleArn"]
        return cls()

    def delete(self, account_id: str, region_name: str) -> None:
        apigateway_backends[account_id][region_name].account.cloudwatch_role_arn = None


stock_update_stage = APIGatewayBackend.update_stage


def update_stage(backend: APIGatewayBackend, api: str, stage: str, operations: list[PatchOperation]) -> Stage:
    if any(begins_a_log(operation) for operation in operations) and not backend.account.cloudwatch_role_arn:
        raise BadRequestException("CloudWatch Logs role ARN must be set in account settings to enable logging")
    return stock_update_stage(backend, api, stage, operations)


def begins_a_log(operation: PatchOperation) -> bool:
    path = operation["path"]
    return path.startswith("/accessLogSettings/") or (
        path.endswith("/logging/loglevel") and operation.get("value") != "OFF"
    )


APIGatewayBackend.update_stage = update_stage


# --- API Gateway: canaries, which stock moto forgets, and deployments, which AWS keeps while a stage points at them --------------
#
# That a stage with a canary takes no other deployment than the canary's is AWS's documentation; the message is assumed. Each
# operation of a patch is held to what those before it made: how AWS does it is not recorded.


stock_create_stage = APIGatewayResponse.create_stage
stock_stage_to_json = Stage.to_json
patch_stage_without_canary = Stage.apply_operations
update_stage_without_canary = APIGatewayBackend.update_stage
stock_delete_deployment = APIGatewayBackend.delete_deployment


def canary_of(stage: Stage) -> dict[str, Any] | None:
    return getattr(stage, "canary_settings", None)


def stage_to_json(stage: Stage) -> dict[str, Any]:
    answer = stock_stage_to_json(stage)
    if canary_of(stage) is not None:
        answer["canarySettings"] = canary_of(stage)
    return answer


def create_stage(request: APIGatewayResponse) -> tuple[int, dict[str, Any], str]:
    answer = stock_create_stage(request)
    canary = request._get_param("canarySettings")
    if answer[0] != 201 or not canary:
        return answer
    stage = request.backend.get_stage(request.path.split("/")[2], request._get_param("stageName"))
    stage.canary_settings = {"percentTraffic": 0.0, "useStageCache": False, **canary}
    return 201, {"status": 201}, json.dumps(stage.to_json())


def patch_canary(stage: Stage, operation: PatchOperation) -> None:
    _, *rest = pointer_segments(operation["path"])
    if operation["op"] == "remove" and not rest:
        stage.canary_settings = None
        return
    if operation["op"] == "add":
        raise BadRequestException("Invalid patch path")
    canary = dict(canary_of(stage) or {"percentTraffic": 0.0, "useStageCache": False})
    convert: dict[str, Conversion] = {"percentTraffic": float, "useStageCache": is_true}
    if rest[0] == "stageVariableOverrides":
        canary["stageVariableOverrides"] = {**canary.get("stageVariableOverrides", {}), rest[1]: operation["value"]}
    else:
        canary[rest[0]] = convert.get(rest[0], str)(operation["value"])
    stage.canary_settings = canary


def patch_stage_with_canary(stage: Stage, operations: list[PatchOperation]) -> Stage:
    for operation in operations:
        name, *_ = pointer_segments(operation["path"])
        canary = canary_of(stage)
        if name == "canarySettings":
            patch_canary(stage, operation)
        elif name == "deploymentId" and canary and operation["value"] != canary["deploymentId"]:
            raise BadRequestException("Non canary deployment not supported on stage because Canary is enabled")
        else:
            patch_stage_without_canary(stage, [operation])
    return stage


def update_stage_with_canary(backend: APIGatewayBackend, api: str, stage: str, operations: list[PatchOperation]) -> Stage:
    for operation in operations:
        is_deployment = operation["path"] in ("/deploymentId", "/canarySettings/deploymentId")
        if is_deployment and operation["value"] not in backend.get_rest_api(api).deployments:
            raise BadRequestException("Deployment id does not exist")
    return update_stage_without_canary(backend, api, stage, operations)


def delete_deployment(backend: APIGatewayBackend, api: str, deployment: str) -> Deployment:
    for stage in backend.get_rest_api(api).stages.values():
        if deployment in (stage.deployment_id, (canary_of(stage) or {}).get("deploymentId")):
            raise StageStillActive()
    return stock_delete_deployment(backend, api, deployment)


Stage.to_json = stage_to_json
Stage.apply_operations = patch_stage_with_canary
APIGatewayResponse.create_stage = create_stage
APIGatewayBackend.update_stage = update_stage_with_canary
APIGatewayBackend.delete_deployment = delete_deployment


# --- SQS: RedriveAllowPolicy, which stock moto takes and forgets, the policy, which any other update removes, and
# encryption by SQS itself, which AWS switches off when a KMS key encrypts, and on again when none does ----------------


stock_set_attributes = Queue._set_attributes
stock_attributes = Queue.attributes.fget
stock_get_queue_attributes = SQSBackend.get_queue_attributes


def set_attributes(queue: Queue, attributes: dict[str, Any], now: float | None = None) -> None:
    rest = dict(attributes)
    kept_policy = getattr(queue, "_policy_json", None) if "Policy" not in rest else None
    if "RedriveAllowPolicy" in rest:
        queue.redrive_allow_policy = rest.pop("RedriveAllowPolicy") or None
    stock_set_attributes(queue, rest, now)
    if kept_policy is not None:
        queue._policy_json = kept_policy


def queue_attributes(queue: Queue) -> dict[str, Any]:
    answer = stock_attributes(queue)
    if queue.kms_master_key_id:
        answer["SqsManagedSseEnabled"] = "false"
    if getattr(queue, "redrive_allow_policy", None):
        answer["RedriveAllowPolicy"] = queue.redrive_allow_policy
    if answer.get("RedrivePolicy"):
        # AWS writes it without spaces; with them the provider sees a change in every plan.
        answer["RedrivePolicy"] = json.dumps(queue.redrive_policy, separators=(",", ":"))
    return answer


def get_queue_attributes(backend: SQSBackend, queue_name: str, attribute_names: list[str]) -> dict[str, Any]:
    """Stock moto refuses a request that names `RedriveAllowPolicy`."""
    known = [name for name in attribute_names if name != "RedriveAllowPolicy"]
    answer = dict(stock_get_queue_attributes(backend, queue_name, known)) if known else {}
    policy = getattr(backend.get_queue(queue_name), "redrive_allow_policy", None)
    if "RedriveAllowPolicy" in attribute_names and policy:
        answer["RedriveAllowPolicy"] = policy
    return answer


Queue._set_attributes = set_attributes
Queue.attributes = property(queue_attributes)
SQSBackend.get_queue_attributes = get_queue_attributes


# --- Lambda: what an update of an event source mapping takes away by an empty object, which stock moto keeps as one ----------
# --- That AWS drops it is what the acceptance tests of Terraform's provider hold it to.

stock_get_configuration = EventSourceMapping.get_configuration


def get_configuration(mapping: EventSourceMapping) -> dict[str, Any]:
    removable = ("ScalingConfig", "ProvisionedPollerConfig", "FilterCriteria")
    answer = stock_get_configuration(mapping)
    return {key: value for key, value in answer.items() if value or key not in removable}


EventSourceMapping.get_configuration = get_configuration


# --- S3: conditions of a bucket's policy, which stock moto does not read: it would refuse every call, and not plain HTTP only,
# --- which is all that the emulator speaks ---------------------------------------------------------------------------------

stock_get_permission = FakeBucket.get_permission


def get_permission(bucket: FakeBucket, action: str, resource: str) -> Any:
    policy = bucket.policy
    statements = json.loads(policy or b"{}").get("Statement", [])
    without_conditions = [statement for statement in statements if "Condition" not in statement]
    bucket.policy = json.dumps({"Statement": without_conditions}).encode() if without_conditions else None
    try:
        return stock_get_permission(bucket, action, resource)
    finally:
        bucket.policy = policy


FakeBucket.get_permission = get_permission


# --- CloudWatch Logs: another key of a group, and none, of which stock moto knows neither -----------------------------------------


def associate_kms_key(request: LogsResponse) -> str:
    request.logs_backend.groups[request._get_param("logGroupName")].kms_key_id = request._get_param("kmsKeyId")
    return ""


LogsResponse.associate_kms_key = associate_kms_key
# Without a key in its request it leaves the group without one.
LogsResponse.disassociate_kms_key = associate_kms_key


# --- Resource Groups Tagging API: what stock moto does not list. As on AWS, roles are not listed ------------------------


stock_get_resources_generator = ResourceGroupsTaggingAPIBackend._get_resources_generator


def get_resources_generator(
    backend: ResourceGroupsTaggingAPIBackend,
    tag_filters: list[dict[str, Any]] | None = None,
    resource_type_filters: list[str] | None = None,
) -> Any:
    yield from stock_get_resources_generator(backend, tag_filters, resource_type_filters)
    for arn, tags in (*tagged_by_api_gateway(backend), *tagged_alarms(backend)):
        if not tags or not all(has_tag(tags, tag_filter) for tag_filter in tag_filters or []):
            continue
        yield {"ResourceARN": arn, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}


def has_tag(tags: dict[str, str], tag_filter: dict[str, Any]) -> bool:
    values = tag_filter.get("Values") or []
    return tag_filter["Key"] in tags and (not values or tags[tag_filter["Key"]] in values)


def tagged_by_api_gateway(backend: ResourceGroupsTaggingAPIBackend) -> list[tuple[str, dict[str, str] | None]]:
    models = apigateway_backends[backend.account_id][backend.region_name]
    stages = [
        (f"restapis/{api.id}/stages/{stage.name}", stage.tags)
        for api in models.apis.values()
        for stage in api.stages.values()
    ]
    others = [
        (f"{kind}/{identifier}", model.tags)
        for kind, all_models in (
            ("restapis", models.apis),
            ("apikeys", models.keys),
            ("usageplans", models.usage_plans),
            ("domainnames", models.domain_names),
        )
        for identifier, model in all_models.items()
    ]
    return [(f"arn:aws:apigateway:{backend.region_name}::/{path}", tags) for path, tags in stages + others]


def tagged_alarms(backend: ResourceGroupsTaggingAPIBackend) -> list[tuple[str, dict[str, str]]]:
    models = cloudwatch_backends[backend.account_id][backend.region_name]
    return [
        (alarm.alarm_arn, models.tagger.get_tag_dict_for_resource(alarm.alarm_arn)) for alarm in models.alarms.values()
    ]


ResourceGroupsTaggingAPIBackend._get_resources_generator = get_resources_generator


if __name__ == "__main__":
    main()
