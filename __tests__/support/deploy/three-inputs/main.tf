terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "region" { type = string }
variable "authorizer_lambda_arn" { type = string }
variable "routes" {
  type = map(object({
    path   = string
    fields = list(string)
    delay  = optional(number, 0)
    keyed  = optional(bool, false)
  }))
}

provider "aws" { region = var.region }

locals {
  prefix = "shop-${terraform.workspace}"
  queues = { for name, route in var.routes : name => merge(route, { queue = "${local.prefix}-${name}" }) }
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

module "open" {
  source = "./no-auth-stack"
}
module "guarded" {
  source                = "./auth-stack"
  authorizer_lambda_arn = var.authorizer_lambda_arn
}

module "queue" {
  source   = "./queue"
  for_each = local.queues
  name     = each.value.queue
  delay    = each.value.delay
}

resource "aws_api_gateway_rest_api" "shop" { name = local.prefix }
resource "aws_api_gateway_resource" "v1" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "v1"
}
resource "aws_api_gateway_resource" "route" {
  for_each    = var.routes
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_resource.v1.id
  path_part   = each.value.path
}
resource "aws_api_gateway_model" "order" {
  rest_api_id  = aws_api_gateway_rest_api.shop.id
  name         = "Order"
  content_type = "application/json"
  schema       = jsonencode({ type = "object", required = ["id"], properties = { id = { type = "integer" } } })
}
resource "aws_api_gateway_request_validator" "body" {
  rest_api_id           = aws_api_gateway_rest_api.shop.id
  name                  = "body"
  validate_request_body = true
}
resource "aws_api_gateway_method" "route" {
  for_each             = aws_api_gateway_resource.route
  rest_api_id          = aws_api_gateway_rest_api.shop.id
  resource_id          = each.value.id
  http_method          = "POST"
  authorization        = "NONE"
  api_key_required     = var.routes[each.key].keyed
  request_validator_id = aws_api_gateway_request_validator.body.id
  request_models       = { "application/json" = aws_api_gateway_model.order.name }
}
resource "aws_api_gateway_integration" "route" {
  for_each                = var.routes
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_resource.route[each.key].id
  http_method             = aws_api_gateway_method.route[each.key].http_method
  type                    = "AWS"
  integration_http_method = "POST"
  credentials             = aws_iam_role.sender.arn
  uri                     = "arn:aws:apigateway:${data.aws_region.current.name}:sqs:path/${data.aws_caller_identity.current.account_id}/${module.queue[each.key].name}"
  passthrough_behavior    = "NEVER"
  request_parameters      = { "integration.request.header.Content-Type" = "'application/x-www-form-urlencoded'" }
  request_templates = {
    "application/json" = templatefile("${path.module}/send.tftpl", { fields = each.value.fields, source = each.key })
  }
}
resource "aws_api_gateway_method_response" "accepted" {
  for_each    = var.routes
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_resource.route[each.key].id
  http_method = aws_api_gateway_method.route[each.key].http_method
  status_code = "202"
}
resource "aws_api_gateway_integration_response" "accepted" {
  for_each           = var.routes
  rest_api_id        = aws_api_gateway_rest_api.shop.id
  resource_id        = aws_api_gateway_resource.route[each.key].id
  http_method        = aws_api_gateway_method.route[each.key].http_method
  status_code        = aws_api_gateway_method_response.accepted[each.key].status_code
  selection_pattern  = "200"
  response_templates = { "application/json" = jsonencode({ accepted = each.key }) }
  depends_on         = [aws_api_gateway_integration.route]
}
resource "aws_api_gateway_gateway_response" "body" {
  rest_api_id        = aws_api_gateway_rest_api.shop.id
  response_type      = "BAD_REQUEST_BODY"
  status_code        = "422"
  response_templates = { "application/json" = "{\"refused\":$context.error.messageString}" }
}
resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  triggers    = { redeployment = sha1(jsonencode(values(aws_api_gateway_integration.route)[*].id)) }
  depends_on  = [aws_api_gateway_integration_response.accepted, aws_api_gateway_gateway_response.body]
}
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop.id
  stage_name    = "live"
}

resource "aws_api_gateway_api_key" "partner" {
  name  = "partner"
  value = "a-key-of-at-least-twenty-characters"
}
resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"
  api_stages {
    api_id = aws_api_gateway_rest_api.shop.id
    stage  = aws_api_gateway_stage.live.stage_name
  }
}
resource "aws_api_gateway_usage_plan_key" "partner" {
  usage_plan_id = aws_api_gateway_usage_plan.partners.id
  key_id        = aws_api_gateway_api_key.partner.id
  key_type      = "API_KEY"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "send" {
  dynamic "statement" {
    for_each = module.queue
    content {
      actions   = ["sqs:SendMessage"]
      resources = [statement.value.arn]
    }
  }
}
resource "aws_iam_role" "sender" {
  name               = "${local.prefix}-sender"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "send" {
  role   = aws_iam_role.sender.id
  policy = data.aws_iam_policy_document.send.json
}
